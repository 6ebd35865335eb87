// npm run pull [-- --env .env.stage]: the live directory into assets/, as a deploy needs it.

import { parseArgs } from 'node:util';
import { pull } from './project.mjs';

pull(parseArgs({ options: { env: { type: 'string', default: '.env' } } }).values.env);
