// Trunk's post_build hook: turns the WASM that Trunk staged and plugin/src/index.js into the one classic script
// that Flex loads, as the Flex CLI would, and leaves it in the staged `plugins` folder.
// It knows nothing of what the plugin does.
import { execFileSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const plugin = path.resolve(here, '../../plugin');
const staging = process.env.TRUNK_STAGING_DIR;
if (!staging) {
  console.error('This script is run by Trunk, which sets TRUNK_STAGING_DIR: use "cargo xtask start".');
  process.exit(2);
}

const glue = path.join(staging, 'plugin.js');
const wasm = path.join(staging, 'plugin_bg.wasm');
// In a folder of its own: plugin/src/wasm is the Flex CLI's, whose bundler can not read the glue that Trunk makes.
const inlined = path.join(staging, 'wasm');
execFileSync(process.execPath, [path.join(plugin, 'scripts/inline-wasm.mjs'), glue, wasm, inlined], { stdio: 'inherit' });
const fromTrunk = {
  name: 'module-from-trunk',
  setup(build) {
    build.onResolve({ filter: /^\.\/wasm\// }, ({ path: wanted }) => ({ path: path.join(staging, `${wanted}.js`) }));
  },
};

/** The modules that Flex itself provides as globals: the same list as in the Flex CLI's build. */
const PROVIDED = {
  react: 'window.React',
  'react-dom': 'window.ReactDOM',
  redux: 'window.Redux',
  'react-redux': 'window.ReactRedux',
  '@twilio/flex-ui': 'window.Twilio.Flex',
};
const provided = {
  name: 'provided-by-flex',
  setup(build) {
    const filter = new RegExp(`^(${Object.keys(PROVIDED).join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'flex' }));
    build.onLoad({ filter: /.*/, namespace: 'flex' }, ({ path }) => ({ contents: `module.exports = ${PROVIDED[path]};` }));
  },
};

const { name, version, dependencies, devDependencies } = JSON.parse(await readFile(path.join(plugin, 'package.json'), 'utf8'));
/** What the Flex CLI's build writes in place of these names, which @twilio/flex-plugin reads. */
const WRITTEN_BY_THE_CLI = {
  __FPB_PLUGIN_UNIQUE_NAME: name,
  __FPB_PLUGIN_VERSION: version,
  __FPB_FLEX_PLUGIN_SCRIPTS_VERSION: devDependencies['@twilio/flex-plugin-scripts'],
  __FPB_FLEX_PLUGIN_VERSION: dependencies['@twilio/flex-plugin'],
  __FPB_FLEX_UI_VERSION: devDependencies['@twilio/flex-ui'],
  __FPB_REACT_VERSION: dependencies.react,
  __FPB_REACT_DOM_VERSION: dependencies['react-dom'],
};
const written = Object.entries(WRITTEN_BY_THE_CLI).map(([key, value]) => [key, JSON.stringify(value ?? '')]);

await build({
  entryPoints: [path.join(plugin, 'src/index.js')],
  outfile: path.join(staging, 'plugins/agent-did-extensions.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  logLevel: 'error',
  plugins: [provided, fromTrunk],
  alias: createRequire(import.meta.url)(path.join(plugin, 'scripts/sync-sdk.js')).files(),
  define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}', global: 'window', ...Object.fromEntries(written) },
});

// All of them are inside the bundle now.
await Promise.all([glue, wasm, inlined].map((used) => rm(used, { recursive: true })));
