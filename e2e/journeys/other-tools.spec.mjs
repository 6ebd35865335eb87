// What other tools deploy while a supervisor publishes or discards: she reads what is live, and what to do next.
import { expect, test } from '@playwright/test';
import { expectForEverybody } from '../accessibility.mjs';
import { addExtension, confirmPublish, openReview, rowOf, takeSeat } from '../extensions.mjs';
import { startWorld } from '../world.mjs';

// One supervisor lives through it all, one test after another: booting the whole Flex UI is what takes long.
test.describe.configure({ mode: 'serial' });

let world, seat;
test.beforeAll(async ({ browser }) => {
  world = await startWorld({ demo: 5, buildDelay: 0 });
  seat = await takeSeat(browser, world, 5);
});
test.afterAll(async () => {
  await seat?.context.close();
  await world?.stop();
});
test.afterEach(() => expect(seat.troubles).toEqual([]));

const alertOf = (page, text) => page.locator('.ade-alert').filter({ hasText: text });
const button = (place, name) => place.getByRole('button', { name, exact: true });

const service = () => `/v1/Services/${world.env.TWILIO_SERVERLESS_SERVICE_SID}`;
const environment = () => `${service()}/Environments/${world.env.TWILIO_SERVERLESS_ENVIRONMENT_SID}`;
const deploy = (sid) => world.twilio('serverless', `${environment()}/Deployments`, { BuildSid: sid });
const completed = (sid) =>
  expect.poll(async () => (await world.twilio('serverless', `${service()}/Builds/${sid}/Status`)).status).toBe('completed');

/** What the second supervisor asks the server for, without a view. */
const asSam = (endpoint, body) => world.admin(endpoint, { Token: world.env.DEMO_TOKEN_SUPERVISOR_2, ...body });

async function liveBuild() {
  const { build_sid: sid } = await world.twilio('serverless', environment());
  return world.twilio('serverless', `${service()}/Builds/${sid}`);
}

/** A Build of what is live with another runtime, as a tool makes it that takes no lock. */
async function makeAnotherBuild() {
  const { asset_versions: assets, function_versions: functions } = await liveBuild();
  const versions = [...assets.map(({ sid }) => ['AssetVersions', sid]), ...functions.map(({ sid }) => ['FunctionVersions', sid])];
  const { sid } = await world.twilio('serverless', `${service()}/Builds`, [...versions, ['Runtime', 'node20']]);
  await completed(sid);
  return sid;
}

/** Resolves once the server says that it deploys: it has looked at what is live, and does not look again. */
async function deploying() {
  const lock = `/v1/Services/${world.env.FLEX_SYNC_SERVICE_SID}/Maps/${world.env.FLEX_SYNC_MAP_NAME}.publishing/Items/publishing`;
  await expect.poll(async () => (await world.twilio('sync', lock).catch(() => null))?.data.stage).toBe('deploying');
}

test('what other tools deployed in the same moment is named, and the next publish brings both together', async () => {
  const { page } = seat;
  await addExtension(page, { typed: 'a', number: '7777' });
  await expect(rowOf(page, '7777')).toBeVisible();
  const theirs = await makeAnotherBuild();
  await world.control('delay', { method: 'POST', path: '/Deployments', ms: 6000 });
  await openReview(page);
  await confirmPublish(page);
  await deploying();
  expect(await world.dial('7777')).toMatchObject({ found: false });
  await deploy(theirs);
  const alert = alertOf(page, 'In the same moment other tools deployed');
  await expect(alert).toContainText(theirs, { timeout: 30_000 });
  await expect(page.getByText('Published', { exact: true })).toBeVisible();
  await expectForEverybody(page, 'overtaken');
  await button(alert, 'Dismiss').click();
  await expect(alert).toHaveCount(0);
  // Nothing of the draft is new, so the view says all the time that it is published.
  await openReview(page);
  await confirmPublish(page);
  await expect.poll(async () => (await liveBuild()).runtime, { timeout: 30_000 }).toBe('node20');
  expect(await world.dial('7777')).toMatchObject({ found: true });
});

test('a publish that another tool brought live is not discarded without a word, and can be finished', async () => {
  const { page } = seat;
  const { body: list } = await asSam('list', {});
  const row = { workerFullName: 'Left Behind', extensionNumber: '8888', workerSid: `WK${'b'.repeat(32)}` };
  const { body } = await asSam('update', { data: [...list.data, row], version: list.version });
  const alert = alertOf(page, 'Another route publish is in progress.');
  await button(alert, 'Discard…').click();
  // Where the view itself sees first that it is live, there is nothing left to ask.
  let lookAgain;
  const isDiscarded = new Promise((resolve) => { lookAgain = resolve; });
  await page.route('**/admin/list', (route) => isDiscarded.then(() => route.continue()));
  await completed(body.buildSid);
  await deploy(body.buildSid);
  const question = page.getByRole('dialog');
  await button(question, 'Discard it').click();
  await expect(question.getByText('Not discarded: it is live')).toBeVisible();
  lookAgain();
  await expectForEverybody(page, 'discard-live');
  await button(question, 'Cancel').click();
  await button(alert, 'Continue publishing').click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Live' })).toHaveAttribute('aria-current', 'step');
  await expect(alert).toHaveCount(0);
  await expectForEverybody(page, 'finished-live', { small: false });
  expect(await world.dial('8888')).toMatchObject({ found: true });
});
