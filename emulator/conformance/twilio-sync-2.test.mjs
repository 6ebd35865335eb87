import { suite } from './suite.mjs';

suite('twilio-sync-2');
