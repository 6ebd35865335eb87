// What the Flex CLI asks before it bundles. Bundles nothing itself: it makes sure that the WASM module is there and
// is the one of these sources, because the Flex CLI knows nothing of Rust.
const fs = require('fs');
const path = require('path');

const syncSdk = require('./scripts/sync-sdk');

const bytes = path.join(__dirname, 'src', 'wasm', 'bytes.js');
// The second is not there in a copy of this folder alone.
const sources = [path.join(__dirname, 'src'), path.join(__dirname, '..', 'shared', 'src')];

/** Every Rust file below a folder. */
function rustFiles(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return rustFiles(file);
    return entry.name.endsWith('.rs') ? [file] : [];
  });
}

/** What is wrong with the module, or undefined. */
function trouble() {
  if (!fs.existsSync(bytes)) return 'The WASM module is not built yet';
  const built = fs.statSync(bytes).mtimeMs;
  const newer = sources.flatMap(rustFiles).find((file) => fs.statSync(file).mtimeMs > built);
  return newer && `The WASM module is older than ${path.relative(__dirname, newer)}`;
}

module.exports = (config) => {
  const found = trouble();
  if (found) {
    console.error(`${found}: run "cargo xtask wasm" first.`);
    // The Flex CLI has nothing to add to that, and would print where in it this was found out.
    process.exit(1);
  }
  // The `$` means the package itself, not what is in it.
  for (const [name, file] of Object.entries(syncSdk.files())) config.resolve.alias[`${name}$`] = file;
  return config;
};
