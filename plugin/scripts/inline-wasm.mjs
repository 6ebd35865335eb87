// Makes the two files that the JavaScript entry imports: the glue, and the module as text.
// The Flex CLI deploys one file, so the module travels inside it: gzip, then base64.
//
// node scripts/inline-wasm.mjs <plugin.js> <plugin_bg.wasm, or the same as .gz> [<folder, src/wasm by default>]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const [glue, wasm, folder] = process.argv.slice(2);
if (!glue || !wasm) {
  console.error('usage: node scripts/inline-wasm.mjs <plugin.js> <plugin_bg.wasm> [<folder>]');
  process.exit(2);
}

const target = folder ? resolve(folder) : join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'wasm');
const bytes = readFileSync(wasm);
const packed = wasm.endsWith('.gz') ? bytes : gzipSync(bytes, { level: 9, memLevel: 7 });
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'plugin.js'), readFileSync(glue));
writeFileSync(join(target, 'bytes.js'), `export default "${packed.toString('base64')}";\n`);
console.log(`plugin.wasm: ${packed.length} bytes as gzip`);
