// Bundles the published Flex UI library into one browser file: `node bundle.mjs <output file>`.
// It knows nothing of the plugin or of the host page that loads the file.
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const output = process.argv[2];
if (!output) {
  console.error('usage: node bundle.mjs <output file>');
  process.exit(2);
}

// Written beside its place and renamed, so that an interrupted run never leaves half a file that looks cached.
const unfinished = `${output}.unfinished`;
await build({
  entryPoints: [path.join(here, 'entry.js')],
  outfile: unfinished,
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  logLevel: 'error',
  alias: { path: 'path-browserify' },
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  loader: { '.svg': 'dataurl', '.png': 'dataurl', '.css': 'empty' },
});
await rename(unfinished, output);
