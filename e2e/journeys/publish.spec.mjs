// Publishing with confidence: the review, the stages, and what others left half-way.
import { expect, test } from '@playwright/test';
import { expectForEverybody, expectNothingFound } from '../accessibility.mjs';
import { addExtension, confirmPublish, openReview, publish, removeExtension, rowOf, takeSeat } from '../extensions.mjs';
import { leaveExtensions, openExtensions, picture, startOver } from '../flex.mjs';
import { startWorld } from '../world.mjs';

const IN_PROGRESS = 'Another route publish is in progress. Publishing now will overwrite other changes.';

let world;
test.beforeEach(async () => {
  world = await startWorld({ demo: 5 });
});
test.afterEach(() => world?.stop());

const supervisor = (browser, as, options) => takeSeat(browser, world, 5, as, options);

const stage = (page, name) => page.getByRole('listitem').filter({ hasText: name });
const now = (page, name) => expect(stage(page, name)).toHaveAttribute('aria-current', 'step', { timeout: 30_000 });

/** What the second supervisor asks the server for, without a view. */
const asSam = (endpoint, body) => world.admin(endpoint, { Token: world.env.DEMO_TOKEN_SUPERVISOR_2, ...body });

/** The second supervisor asks for a Build with one more row, and closes the tab. */
async function leaveHalfWay() {
  const { body: list } = await asSam('list', {});
  const row = { workerFullName: 'Left Behind', extensionNumber: '8888', workerSid: `WK${'b'.repeat(32)}` };
  const { status, body } = await asSam('update', { data: [...list.data, row], version: list.version });
  expect(status).toBe(200);
  return body.buildSid;
}

/** Writes or removes a Map Item as another tool would. */
const items = () => `/v1/Services/${world.env.FLEX_SYNC_SERVICE_SID}/Maps/${world.env.FLEX_SYNC_MAP_NAME}/Items`;
const write = (number, n) => {
  const row = { workerFullName: `Tool ${n}`, extensionNumber: number, workerSid: `WK${String(n).repeat(32)}` };
  return world.twilio('sync', items(), { Key: number, Data: JSON.stringify(row) });
};

test('a review says what changes, rows that break a rule block, and the stages are true for everybody', async ({ browser }) => {
  const ann = await supervisor(browser);
  const bob = await supervisor(browser, 'supervisor2', { theme: 'dark' });

  // A row that another tool wrote breaks a rule: it is named, and nothing can be published until it is gone.
  await addExtension(ann.page, { typed: 'a', number: '7777' });
  await expect(rowOf(ann.page, '7777')).toBeVisible();
  await removeExtension(ann.page, '2003');
  await expect(rowOf(ann.page, '2003')).toHaveCount(0);
  await write('5', 1);
  await expect(rowOf(ann.page, '5')).toBeVisible();
  let review = await openReview(ann.page);
  await expect(review.getByRole('heading', { name: 'To be corrected first (1)' })).toBeVisible();
  await expect(review.getByRole('listitem').filter({ hasText: 'Use 2 to 10 digits.' })).toContainText('Tool 1');
  await expect(review.getByRole('button', { name: /^Publish \d/ })).toBeDisabled();
  await picture(ann.page, 'review-blocked-light');
  await expectNothingFound(ann.page, 'review, blocked');
  await review.getByRole('button', { name: 'Cancel' }).click();
  await expect(ann.page.getByRole('button', { name: 'Publish Extensions' })).toBeFocused();
  await removeExtension(ann.page, '5');
  await expect(rowOf(ann.page, '5')).toHaveCount(0);

  // The review counts and lists; what is edited after it opened is said.
  await expect(rowOf(bob.page, '7777')).toBeVisible();
  review = await openReview(bob.page);
  await expect(review).toContainText('1 added, 0 changed, 1 removed. Callers will reach 5 extensions.');
  await expect(review.getByRole('heading', { name: 'Added (1)' })).toBeVisible();
  await expect(review.getByRole('heading', { name: 'Removed (1)' })).toBeVisible();
  await picture(bob.page, 'review-dark');
  await write('6666', 2);
  await expect(review.getByText('The draft has been edited since this review opened.')).toBeVisible();
  await review.getByRole('button', { name: 'Review again' }).click();
  await expect(review).toContainText('2 added, 0 changed, 1 removed. Callers will reach 6 extensions.');

  // The stages, here and in the other browser, also after leaving the view and coming back.
  await world.control('delay', { method: 'POST', path: '/Versions', ms: 4000 });
  await confirmPublish(bob.page);
  await now(bob.page, 'Uploading');
  await now(ann.page, 'Uploading');
  await expect(ann.page.getByText(/ is publishing\.$/)).toBeVisible();
  await expect(ann.page.getByRole('timer')).toHaveText(/^[1-9]\d* s$/);
  await picture(ann.page, 'mid-publish-by-other-light');
  await picture(bob.page, 'mid-publish-dark');
  await expectNothingFound(bob.page, 'publishing');
  await leaveExtensions(bob.page);
  await openExtensions(bob.page);
  await now(bob.page, 'Live');
  await expect(bob.page.getByRole('timer')).toHaveText(/^\d+ s$/);
  await expect(ann.page.getByText('Published', { exact: true })).toBeVisible();
  await now(ann.page, 'Live');
  await expect(ann.page.getByText(/ has published\.$/)).toBeVisible();
  await ann.page.getByRole('button', { name: 'Dismiss' }).first().click();
  expect(await world.dial('7777')).toMatchObject({ found: true });
  expect(await world.dial('2003')).toMatchObject({ found: false });

  // A Build that fails says which one, and publishing again works.
  await world.control('fail-build', { times: 1 });
  await removeExtension(ann.page, '6666');
  await expect(rowOf(ann.page, '6666')).toHaveCount(0);
  await openReview(ann.page);
  await confirmPublish(ann.page);
  const failed = ann.page.getByRole('alert').filter({ hasText: /could not make the Build ZB[0-9a-f]{32}/ });
  await expect(failed).toBeVisible({ timeout: 30_000 });
  await picture(ann.page, 'publish-failed-light');
  await expectNothingFound(ann.page, 'failed');
  await ann.page.getByRole('button', { name: 'Try again' }).click();
  await confirmPublish(ann.page);
  await expect(ann.page.getByText('Published', { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(await world.dial('6666')).toMatchObject({ found: false });

  // An empty directory needs its count typed in.
  for (const number of ['2000', '2001', '2002', '2004', '7777']) {
    await removeExtension(bob.page, number);
    await expect(rowOf(bob.page, number)).toHaveCount(0);
  }
  review = await openReview(bob.page);
  const confirm = review.getByRole('button', { name: 'Publish 0 extensions' });
  await expect(confirm).toBeDisabled();
  await picture(bob.page, 'review-empty-dark');
  await expectNothingFound(bob.page, 'review, empty');
  await review.getByRole('textbox', { name: 'Number of extensions after publishing' }).fill('0');
  await confirm.click();
  await expect(bob.page.getByText('Published', { exact: true })).toBeVisible({ timeout: 30_000 });
  expect(await world.dial('2000')).toMatchObject({ found: false });
  expect([...ann.troubles, ...bob.troubles]).toEqual([]);
  await Promise.all([ann.context.close(), bob.context.close()]);
});

test('what somebody left half-way is continued or discarded by the next person', async ({ browser }) => {
  const { page, context } = await supervisor(browser);
  const alert = page.getByRole('alert').filter({ hasText: IN_PROGRESS });

  // Discarded, after a question that names the person; what was left can not go live any more.
  const left = await leaveHalfWay();
  await expect(alert).toContainText(/\S+ began publishing 6 extensions at .+\. Stage: Building\./);
  await picture(page, 'left-half-way-light');
  await page.getByRole('button', { name: 'Discard…' }).click();
  const question = page.getByRole('dialog', { name: 'Discard this publish?' });
  await expect(question).toContainText(/If \S+ is still at it, discarding stops it/);
  await picture(page, 'discard-light');
  await expectNothingFound(page, 'discard');
  await question.getByRole('button', { name: 'Discard it' }).click();
  await expect(question).toHaveCount(0);
  await expect(page.getByText('Published', { exact: true })).toBeVisible();
  await expect(alert).toHaveCount(0);
  expect(await asSam('publish', { buildSid: left })).toMatchObject({ status: 404, body: { code: 'unknown-build' } });
  expect(await world.dial('8888')).toMatchObject({ found: false });

  // Continued to the end, although Twilio refuses a first attempt to deploy it, and found again after a reload of the tab.
  await leaveHalfWay();
  await expect(alert).toBeVisible();
  await world.control('fail', { method: 'POST', path: '/Deployments', status: 400, times: 1 });
  await page.getByRole('button', { name: 'Continue publishing' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Not published.' })).toBeVisible({ timeout: 30_000 });
  await startOver(page);
  await openExtensions(page);
  await expect(alert).toContainText('Stage: Building.');
  await page.getByRole('button', { name: 'Continue publishing' }).click();
  await now(page, 'Live');
  await expect.poll(async () => (await world.dial('8888')).found).toBe(true);
  await expect(alert).toHaveCount(0);

  // The row that is published but not in the draft is one change; it can be taken back by publishing.
  await expect(page.getByText('Not published · 1 change')).toBeVisible();
  await publish(page);
  expect(await world.dial('8888')).toMatchObject({ found: false });
  await context.close();
});

test('a Build that takes longer than five minutes is said to, and is gone on with', async ({ browser }) => {
  await world.stop();
  world = await startWorld({ demo: 5, buildDelay: 60_000 });
  // The view asks every two seconds; here, five minutes of that pass while the Build has not even half its time.
  const prepare = (page) => page.addInitScript(() => {
    const { setTimeout } = window;
    window.setTimeout = (call, wait, ...more) => setTimeout(call, wait === 2000 && window.inAHurry ? 0 : wait, ...more);
  });
  const { page, context } = await supervisor(browser, 'supervisor', { prepare });
  await addExtension(page, { typed: 'a', number: '7777' });
  await expect(rowOf(page, '7777')).toBeVisible();
  await openReview(page);
  await page.evaluate(() => { window.inAHurry = true; });
  await confirmPublish(page);
  const tooLong = page.getByRole('alert').filter({ hasText: 'after five minutes' });
  await expect(tooLong).toContainText(/ZB[0-9a-f]{32}/, { timeout: 50_000 });
  await expect(tooLong).toContainText('Nothing changed for callers yet.');
  const asked = (await world.calls()).filter(({ path }) => /\/Builds\/ZB\w+\/Status$/.test(path)).length;
  expect(asked).toBeGreaterThanOrEqual(150);
  await expectForEverybody(page, 'build-too-long', { small: false });
  expect(await world.dial('7777')).toMatchObject({ found: false });

  // Whoever goes on with it waits again, and it goes live when it is there.
  await page.evaluate(() => { window.inAHurry = false; });
  await page.getByRole('button', { name: 'Continue publishing' }).click();
  await now(page, 'Building');
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 90_000 });
  expect(await world.dial('7777')).toMatchObject({ found: true });
  await context.close();
});
