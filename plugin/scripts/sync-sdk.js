// Where bundlers find Twilio's Sync SDK: the build of its packages that is as they were written. What their builds for
// browsers add, 45 kB of the download, is for browsers that can not run the WASM module anyway.
// Knows nothing of either bundler.
const path = require('path');

const PACKAGES = [
  'twilio-sync',
  'twilsock',
  '@twilio/declarative-type-validator',
  '@twilio/operation-retrier',
  '@twilio/replay-event-emitter',
];

/** The file to bundle for each package; `sdk` is the folder of twilio-sync, by default the one that is installed here. */
exports.files = (sdk = path.dirname(require.resolve('twilio-sync/package.json'))) => {
  const written = (name) => (name === 'twilio-sync' ? path.join(sdk, 'dist/index.js') : require.resolve(`${name}/dist/index.js`, { paths: [sdk] }));
  return Object.fromEntries(PACKAGES.map((name) => [name, written(name)]));
};
