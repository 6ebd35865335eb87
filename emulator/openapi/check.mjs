// `npm run check SAMPLES...`: fails if a sample in these folders is not as Twilio's documents have it, with the first
// request and answer of each kind of mistake. With `--all` these are all samples that there are, and it also fails if
// they leave an exception unneeded. EMULATOR_SAMPLES=FOLDER makes an emulator write samples, OPENAPI_DOCUMENTS names
// the folder of the documents.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Documents } from './documents.mjs';
import { Findings } from './findings.mjs';

const { values, positionals: folders } = parseArgs({ options: { all: { type: 'boolean' } }, allowPositionals: true });
const findings = new Findings(Documents.read(process.env.OPENAPI_DOCUMENTS));
for (const folder of folders) {
  for (const file of readdirSync(folder)) {
    // Some tests kill an emulator: what stands behind the last line end was cut off.
    const lines = readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1);
    for (const line of lines) findings.look(JSON.parse(line));
  }
}
const { summary, missing } = findings;
const mistakes = [...findings.mistakes, ...(values.all ? missing : [])];
console.log([summary, ...mistakes].join('\n\n'));
process.exitCode = mistakes.length === 0 ? 0 : 1;
