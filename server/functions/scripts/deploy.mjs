// npm run deploy [-- --env .env.stage --environment=staging]: pulls the live directory, compiles the server if that is
// not done, and deploys with the Serverless Toolkit, as `twilio serverless:deploy` does with the same options.
//
// A deploy replaces the published directory by the file in assets/, so without a pull nothing is deployed.

import { createRequire } from 'node:module';
import { buildIfMissing, pull, settingsIn } from './project.mjs';

const require = createRequire(import.meta.url);
const { handler, cliInfo } = require('twilio-run/dist/commands/deploy');
const args = process.argv.slice(2);
// twilio-run's own parser, so that every option means what it means there.
const flags = require('yargs')(args).options(cliInfo.options).parse();
const envFile = flags.env ?? '.env';

pull(envFile);
buildIfMissing();

// What is set in the shell wins over the file, as it does for the server.
const settings = { ...settingsIn(envFile), ...process.env };
const named = args.some((arg) => /^--(environment|to|production)\b/.test(arg));
if (!named) flags.environment = settings.TWILIO_SERVERLESS_ENVIRONMENT_SID || flags.environment;
flags.serviceSid ??= settings.TWILIO_SERVERLESS_SERVICE_SID || undefined;
const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: password } = settings;
await handler(flags, { username: accountSid, password, accountSid });
