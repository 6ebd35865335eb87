// The build of twilio-sync 4 that the plugin is bundled with: see plugin/scripts/sync-sdk.js.
import Module, { createRequire } from 'node:module';
import path from 'node:path';

import syncSdk from '../../plugin/scripts/sync-sdk.js';
import { suite } from './suite.mjs';

const require = createRequire(import.meta.url);
const sdk = path.dirname(require.resolve('twilio-sync-4/package.json'));

// A bundler replaces the packages by these files; here Node does.
const { 'twilio-sync': entry, ...others } = syncSdk.files(sdk);
const files = { ...others, 'twilio-sync-4': entry };
const resolve = Module._resolveFilename;
Module._resolveFilename = (wanted, ...rest) => files[wanted] ?? resolve(wanted, ...rest);

// It is for browsers, where `window` has the WebSocket.
globalThis.window = globalThis;
globalThis.WebSocket = createRequire(path.join(sdk, 'package.json'))('ws');

suite('twilio-sync-4');
