// What is odd, unreadable or unclear, as a supervisor lives it: she reads what it is and what to do, and does it.
import { expect, test } from '@playwright/test';
import { expectForEverybody } from '../accessibility.mjs';
import { chooseAgent, confirmPublish, openReview, publish, rowOf, takeSeat } from '../extensions.mjs';
import { startWorld } from '../world.mjs';

/** One row and a comma too many, as a hand leaves it. */
const COMMA = '[{"workerFullName":"A","extensionNumber":"7001","workerSid":"WK00000000000000000000000000000001"},]';

/** The server asks Twilio once, so that one lost answer is enough for nobody to know. */
const settings = { TWILIO_SERVICE_RETRY_LIMIT: '0' };

// One supervisor lives through it all, one test after another: booting the whole Flex UI is what takes long.
test.describe.configure({ mode: 'serial' });

let world, seat;
test.beforeAll(async ({ browser }) => {
  world = await startWorld({ demo: 5, buildDelay: 0, settings });
  await deployAsset(COMMA);
  seat = await takeSeat(browser, world, 5);
});
test.afterAll(async () => {
  await seat?.context.close();
  await world?.stop();
});
test.afterEach(() => expect(seat.troubles).toEqual([]));

const alertOf = (page, text) => page.locator('.ade-alert').filter({ hasText: text });
const button = (place, name) => place.getByRole('button', { name, exact: true });

/** The Maps of the draft and of the lock, as a tool writes to them that knows nothing of us. */
const maps = () => `/v1/Services/${world.env.FLEX_SYNC_SERVICE_SID}/Maps`;

/** Writes over a row of the draft. `change` has the fields that become different; those that are undefined go. */
async function spoil(number, change) {
  const item = `${maps()}/${world.env.FLEX_SYNC_MAP_NAME}/Items/${number}`;
  const { data } = await world.twilio('sync', item);
  await world.twilio('sync', item, { Data: JSON.stringify({ ...data, ...change }) });
}

/** Adds a row to the draft, for the agent of another one. */
async function addToDraft(number) {
  const items = `${maps()}/${world.env.FLEX_SYNC_MAP_NAME}/Items`;
  const { data } = await world.twilio('sync', `${items}/2000`);
  await world.twilio('sync', items, { Key: number, Data: JSON.stringify({ ...data, extensionNumber: number }) });
}

/** Takes the lock in a form that nobody can read. */
async function lockForNobody() {
  const items = `${maps()}/${world.env.FLEX_SYNC_MAP_NAME}.publishing/Items`;
  const Data = '{"hello":1}';
  // A publish before may have left the item there, to say what is to be tidied up.
  await world.twilio('sync', items, { Key: 'publishing', Data }).catch(() => world.twilio('sync', `${items}/publishing`, { Data }));
}

/** Deploys a Build of nothing but our asset, with this content, as a tool does that replaces everything. */
async function deployAsset(content) {
  const at = `/v1/Services/${world.env.TWILIO_SERVERLESS_SERVICE_SID}`;
  const asset = await world.twilio('serverless', `${at}/Assets`, { FriendlyName: 'extensions' });
  const upload = new FormData();
  upload.set('Path', '/extensions.json');
  upload.set('Visibility', 'protected');
  upload.set('Content', new Blob([content], { type: 'application/json' }), 'extensions.json');
  const version = await world.twilio('serverless-upload', `${at}/Assets/${asset.sid}/Versions`, upload);
  const { sid } = await world.twilio('serverless', `${at}/Builds`, { AssetVersions: version.sid, Runtime: 'node22' });
  await expect.poll(async () => (await world.twilio('serverless', `${at}/Builds/${sid}/Status`)).status).toBe('completed');
  await world.twilio('serverless', `${at}/Environments/${world.env.TWILIO_SERVERLESS_ENVIRONMENT_SID}/Deployments`, { BuildSid: sid });
}

test('what is published and can not be read is said, and replaced once its count is confirmed', async () => {
  const { page } = seat;
  const alert = alertOf(page, 'What is published can not be read');
  await expect(alert).toContainText('trailing comma');
  await expectForEverybody(page, 'unreadable');
  await button(alert, 'Publish Extensions').click();
  const review = page.getByRole('dialog', { name: 'Publish these changes?' });
  await expect(button(review, 'Publish 5 extensions')).toBeDisabled();
  await expectForEverybody(page, 'unreadable-review', { small: false });
  await review.getByRole('textbox').fill('4');
  await expect(button(review, 'Publish 5 extensions')).toBeDisabled();
  await review.getByRole('textbox').fill('5');
  await confirmPublish(page);
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(alert).toHaveCount(0);
  expect(await world.dial('2000')).toMatchObject({ found: true });
});

test('a publish of nobody known is shown, discarded, and publishing goes on', async () => {
  const { page } = seat;
  await addToDraft('7777');
  await lockForNobody();
  const alert = alertOf(page, 'Somebody began publishing.');
  await expect(alert).toBeVisible();
  await expect(button(alert, 'Continue publishing')).toHaveCount(0);
  await expectForEverybody(page, 'nobodys-publish', { small: false });
  await button(alert, 'Discard…').click();
  await expectForEverybody(page, 'nobodys-discard', { small: false });
  await button(page.getByRole('dialog'), 'Discard it').click();
  await expect(alert).toHaveCount(0);
  await publish(page);
  expect(await world.dial('7777')).toMatchObject({ found: true });
});

test('a deployment that nobody knows the end of is not discarded in the same moment, and can be gone on with', async () => {
  const { page } = seat;
  await addToDraft('7788');
  await expect(rowOf(page, '7788')).toBeVisible();
  const alert = alertOf(page, 'Twilio did not say whether the Build is live.');
  await world.control('fail', { method: 'POST', path: '/Deployments', times: 1, status: 503 });
  await openReview(page);
  await confirmPublish(page);
  await expect(alert).toBeVisible({ timeout: 30_000 });
  await expect(alert).not.toContainText('Not published');
  await expectForEverybody(page, 'unclear');
  await button(alert, 'Discard…').click();
  const question = page.getByRole('dialog');
  await button(question, 'Discard it').click();
  await expect(question.getByRole('alert')).toContainText('may still get live');
  await expectForEverybody(page, 'unclear-discard', { small: false });
  await button(question, 'Cancel').click();
  await button(alert, 'Continue publishing').click();
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 30_000 });
  // What Flex told of the publish is not true any more.
  await expect(page.getByTestId('notification-message').filter({ hasText: 'published. Callers reach them now.' })).toBeVisible();
  await expect(page.getByTestId('notification-message').filter({ hasText: 'Publishing did not finish' })).toHaveCount(0);
  await expect(alert).toHaveCount(0);
  expect(await world.dial('7788')).toMatchObject({ found: true });
});

test('a row with something odd in it says what to do, and saving it puts it right', async () => {
  const { page } = seat;
  await spoil('2001', { workerFullName: undefined });
  await spoil('2002', { workerFullName: 5, updatedBy: [], updatedAt: 7 });
  await spoil('2003', { extensionNumber: 2003 });
  await expect(rowOf(page, '2001')).toContainText('No name');
  await expect(rowOf(page, '2001').getByText('Choose the agent: has no name')).toBeVisible();
  // There is room for one; the others are for whoever points at it or listens.
  const others = 'updatedBy is not text, updatedAt is not text';
  await expect(rowOf(page, '2002').getByTitle(others)).toHaveText(`Choose the agent: has no name and 2 more: ${others}`);
  await expect(page.getByRole('note')).toContainText('2003');
  await expectForEverybody(page, 'odd-rows');
  await openReview(page);
  await expect(page.getByRole('dialog')).toContainText('No name. Edit it and choose the agent.');
  await expect(page.getByRole('dialog').getByRole('button', { name: /^Publish / })).toBeDisabled();
  await expectForEverybody(page, 'odd-review', { small: false });
  await button(page.getByRole('dialog'), 'Cancel').click();
  await page.getByRole('button', { name: 'Edit extension 2001 ' }).click();
  const agent = page.getByRole('combobox', { name: 'Agent' });
  await expect(agent).toBeFocused();
  await expect(agent).toHaveAccessibleDescription(/^No name is stored here\. Type part .+ The Worker is WK[0-9a-f]{32} so far\.$/);
  await expectForEverybody(page, 'editing-without-a-name');
  const name = await chooseAgent(page, 'a');
  await button(page, 'Save').click();
  await expect(rowOf(page, '2001').getByText('Choose the agent')).toHaveCount(0);
  await expect(rowOf(page, '2001')).toContainText(name);
});
