// Unpacks and starts the WASM module that travels inside this bundle. Knows nothing of Flex.
import packed from './wasm/bytes';
import init, { notifications, start } from './wasm/plugin';

/** The module's bytes. */
async function unpack() {
  const compressed = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

/** The module's functions: `start` and `notifications`. Rejects where the browser cannot run WASM. */
export async function loadModule() {
  await init({ module_or_path: await unpack() });
  return { notifications, start };
}
