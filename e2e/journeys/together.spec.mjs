// Two people at once, and what stands in the way of publishing. The two alerts are the seed's, word for word.
import { expect, test } from '@playwright/test';
import { expectForEverybody } from '../accessibility.mjs';
import { addExtension, confirmPublish, openReview, ownerOf, publish, rowOf, takeSeat } from '../extensions.mjs';
import { leaveExtensions, openExtensions, picture } from '../flex.mjs';
import { startWorld } from '../world.mjs';

const CHANGED = 'Routes were updated by someone else and cannot be published. Please reload and try again.';
const IN_PROGRESS = 'Another route publish is in progress. Publishing now will overwrite other changes.';

let world;
test.beforeEach(async () => {
  world = await startWorld({ demo: 5 });
});
test.afterEach(() => world?.stop());

const supervisor = (browser, as, options) => takeSeat(browser, world, 5, as, options);

/** What another tool does that knows nothing of us: deploys a Build that holds another version of the asset. */
async function deployWithAnotherTool() {
  const { TWILIO_SERVERLESS_SERVICE_SID: service, TWILIO_SERVERLESS_ENVIRONMENT_SID: environment } = world.env;
  const at = `/v1/Services/${service}`;
  const { build_sid: current } = await world.twilio('serverless', `${at}/Environments/${environment}`);
  const build = await world.twilio('serverless', `${at}/Builds/${current}`);
  const asset = build.asset_versions.find((version) => version.path === '/extensions.json');
  const upload = new FormData();
  upload.set('Path', '/extensions.json');
  upload.set('Visibility', 'protected');
  upload.set('Content', new Blob(['[]'], { type: 'application/json' }), 'extensions.json');
  const version = await world.twilio('serverless-upload', `${at}/Assets/${asset.asset_sid}/Versions`, upload);
  const form = new URLSearchParams([['AssetVersions', version.sid], ...build.function_versions.map(({ sid }) => ['FunctionVersions', sid])]);
  const { sid } = await world.twilio('serverless', `${at}/Builds`, form);
  await expect.poll(async () => (await world.twilio('serverless', `${at}/Builds/${sid}/Status`)).status).toBe('completed');
  await world.twilio('serverless', `${at}/Environments/${environment}/Deployments`, { BuildSid: sid });
}

test('a draft based on a version that somebody else replaced is not published over it', async ({ browser }) => {
  const { page, context } = await supervisor(browser);
  await addExtension(page, { typed: 'a', number: '7777' });
  await expect(rowOf(page, '7777')).toBeVisible();
  await deployWithAnotherTool();
  await openReview(page);
  await confirmPublish(page);
  await expect(page.getByRole('alert').filter({ hasText: CHANGED })).toBeVisible();
  await expectForEverybody(page, 'conflict');
  expect(await world.dial('7777')).toMatchObject({ found: false });
  // What she wanted is still there, and after a reload it can be published.
  await expect(rowOf(page, '7777')).toBeVisible();
  await page.getByRole('button', { name: 'Reload' }).click();
  await publish(page);
  expect(await world.dial('7777')).toMatchObject({ found: true });
  await context.close();
});

test('who publishes is shown to everybody, and nobody publishes into it', async ({ browser }) => {
  const { page, context } = await supervisor(browser, 'supervisor', { theme: 'dark' });
  await addExtension(page, { typed: 'a', number: '7777' });
  const list = await world.admin('list', { Token: world.env.DEMO_TOKEN_SUPERVISOR_2 });
  const half = await world.admin('update', { Token: world.env.DEMO_TOKEN_SUPERVISOR_2, data: list.body.data, version: list.body.version });
  expect(half.status).toBe(200);
  await expect(page.getByRole('alert').filter({ hasText: IN_PROGRESS })).toBeVisible();
  await expectForEverybody(page, 'in-progress');
  const mine = await world.admin('update', { Token: world.env.DEMO_TOKEN_SUPERVISOR, data: list.body.data, version: list.body.version });
  expect(mine).toMatchObject({ status: 409, body: { code: 'publish-in-progress', message: IN_PROGRESS } });
  const { buildSid } = half.body;
  await expect
    .poll(async () => (await world.admin('update-status', { Token: world.env.DEMO_TOKEN_SUPERVISOR_2, buildSid })).body.buildStatus)
    .toBe('completed');
  await world.admin('publish', { Token: world.env.DEMO_TOKEN_SUPERVISOR_2, buildSid });
  await expect(page.getByRole('alert').filter({ hasText: IN_PROGRESS })).toHaveCount(0);
  await publish(page);
  expect(await world.dial('7777')).toMatchObject({ found: true });
  await context.close();
});

test("a number that is taken is refused with its owner's name, and what was typed stays", async ({ browser }) => {
  const { page, context } = await supervisor(browser);
  await page.getByRole('button', { name: /^Edit extension 2001 / }).click();
  await page.getByRole('textbox', { name: 'Extension' }).fill('2000');
  const owner = await ownerOf(page, '2000');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(new RegExp(`2000.*${owner}|${owner}.*2000`)).last()).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Extension' })).toHaveValue('2000');
  await picture(page, 'taken-light');
  await expect(rowOf(page, '2001')).toHaveCount(1);
  await context.close();
});

test('leaving and re-entering the view leaks nothing and keeps what it knew', async ({ browser }) => {
  const { page, context } = await supervisor(browser);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  const sockets = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const measure = async () => {
    await devtools.send('HeapProfiler.collectGarbage');
    const { metrics } = await devtools.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const again = async () => {
    await leaveExtensions(page);
    await openExtensions(page);
    await expect(page.getByRole('button', { name: /^Edit extension / })).toHaveCount(5);
  };
  // Flex itself warms up its own caches in the first rounds.
  for (let round = 0; round < 5; round += 1) await again();
  const before = await measure();
  for (let round = 0; round < 20; round += 1) await again();
  const after = await measure();
  console.log(`20 rounds: ${after.Nodes - before.Nodes} nodes, ${after.JSEventListeners - before.JSEventListeners} listeners`);
  // A view of five rows has hundreds of nodes; twenty leaked ones would be thousands.
  expect(after.Nodes - before.Nodes).toBeLessThan(200);
  expect(after.JSEventListeners - before.JSEventListeners).toBeLessThan(20);
  expect(sockets).toEqual([]);
  await expect(page.getByRole('status').filter({ hasText: '5 extensions' })).toBeVisible();
  await context.close();
});
