// The official Flex CLI builds, deploys and releases the plugin, and the real Flex UI runs what was released.
import { copyFile, readFile, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { mainJourney } from '../main-journey.mjs';
import { startWorld } from '../world.mjs';
import { openDesk } from './flex-cli.mjs';

const NAME = 'agent-did-extensions';

/** The bundles of our plugin that a page has loaded. */
const bundles = (page) => page.evaluate((name) => [...document.scripts].map((script) => script.src).filter((src) => src.includes(name)), NAME);

test.describe.configure({ mode: 'serial' });

let world;
let desk;

test.beforeAll(async () => {
  // The server looks for a newer directory so seldom that whatever Twilio is asked here is asked by the Flex CLI.
  const settings = { LOOKUP_REFRESH_SECONDS: '3600' };
  world = await startWorld({ demo: 120, flags: ['--proxy-port', '0'], settings });
  desk = await openDesk(world);
});

test.afterAll(async () => {
  await desk?.close();
  await world?.stop();
});

test('flex:plugins:build puts its settings into the bundle, and asks nothing of Twilio', async () => {
  const { seq } = (await world.calls()).at(-1);
  const settings = { FLEX_APP_FUNCTIONS_BASE: 'https://extensions.example.com' };
  const { code, output } = await desk.twilio(['flex:plugins:build'], settings);
  expect(output).toContain(`build/${NAME}.js`);
  expect(code).toBe(0);
  expect(await readFile(path.join(desk.folder, `build/${NAME}.js`), 'utf8')).toContain(settings.FLEX_APP_FUNCTIONS_BASE);
  expect(await world.calls(seq)).toEqual([]);
});

test('flex:plugins:start serves the page, the plugin list and the bundle', async () => {
  const port = await desk.freePort();
  const base = `http://localhost:${port}`;
  const appConfig = path.join(desk.folder, 'public/appConfig.js');
  await copyFile(path.join(desk.folder, 'public/appConfig.example.js'), appConfig);
  const running = desk.start(['flex:plugins:start', '--port', String(port)]);
  try {
    await expect.poll(() => running.output(), { timeout: 120_000 }).toContain('Compiled successfully!');
    const get = async (at, headers) => (await fetch(`${base}${at}`, { headers })).text();
    await expect.poll(() => get('/').catch(String), { timeout: 30_000 }).toContain('id="container"');
    const [listed] = JSON.parse(await get('/plugins', { 'X-Flex-JWE': 'any' }));
    expect(listed).toMatchObject({ name: NAME, phase: 3 });
    expect(await get(new URL(listed.src).pathname)).toContain('AgentDidExtensionsPlugin');
    expect(await get('/appConfig.js')).toContain('pluginService');
  } finally {
    await running.stop();
    await rm(appConfig);
  }
});

test('a deploy with a wrong auth token ends with what the account says, and deploys nothing', async () => {
  const { seq } = (await world.calls()).at(-1);
  const { output } = await desk.twilio(deployment('refused'), { TWILIO_AUTH_TOKEN: '0'.repeat(32) });
  expect(output).toContain('Authenticate');
  expect(output).not.toContain('successfully deployed');
  const calls = await world.calls(seq);
  expect(calls.filter((call) => call.method === 'POST' && call.status < 300)).toEqual([]);
});

test('a build whose WASM module is older than its sources is refused with what to do', async () => {
  const bytes = path.join(desk.folder, 'src/wasm/bytes.js');
  const { atime, mtime } = await stat(bytes);
  await utimes(bytes, atime, new Date(0));
  const { code, output } = await desk.twilio(['flex:plugins:build']);
  await utimes(bytes, atime, mtime);
  expect(output).toContain('run "cargo xtask wasm" first');
  expect(code).not.toBe(0);
});

test('the Flex UI loads the version that was deployed and released, and callers reach whom they should', async ({ browser }) => {
  test.setTimeout(420_000);
  for (const version of ['0.0.1', '0.0.2']) {
    const { output } = await desk.twilio(deployment(version));
    expect(output).toContain(`Plugin (private) ${NAME}@${version} was successfully deployed`);
  }
  const release = ['flex:plugins:release', '--plugin', `${NAME}@0.0.2`, '--name', 'Autumn', '--description', 'All of it'];
  expect((await desk.twilio(release)).output).toContain('was successfully enabled');

  await mainJourney(browser, world, {
    name: 'deployed',
    onSeat: async ({ page }) => {
      const [bundle, ...others] = await bundles(page);
      expect(others).toEqual([]);
      expect(bundle).toContain(`/plugins/v1/${NAME}/0.0.2/bundle.js`);
      console.log(`the Flex UI loaded ${new URL(bundle).pathname}`);
    },
  });
});

/** The words of a deployment. */
function deployment(changelog) {
  return ['flex:plugins:deploy', '--changelog', changelog, '--description', 'Agent extensions, edited in Flex'];
}
