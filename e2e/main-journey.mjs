// The main job, from a new world to a caller who is put through and one who is not any more.
// Knows nothing of where the plugin that Flex loads comes from.
import { expect } from '@playwright/test';
import { addExtension, allNumbers, openPage, publish, removeExtension, renumber, rowOf } from './extensions.mjs';
import { openExtensions, picture, signIn } from './flex.mjs';

/** Plays it in a world with 120 extensions. `name` begins the names of the pictures; `onSeat` gets each seat when its view is open. */
export async function mainJourney(browser, world, { name, onSeat = async () => {} }) {
  const shot = (page, what) => picture(page, `${name}-${what}`);
  const ann = await signIn(browser, world, 'supervisor');
  await openExtensions(ann.page);
  await onSeat(ann);
  await expect(ann.page.getByRole('status').filter({ hasText: '120 extensions' })).toBeVisible();
  const numbers = await allNumbers(ann.page);
  expect(numbers).toHaveLength(120);
  expect(new Set(numbers).size).toBe(120);
  await openPage(ann.page, 1);
  await shot(ann.page, '1-all-120');

  const bob = await signIn(browser, world, 'supervisor2');
  await openExtensions(bob.page);
  await onSeat(bob);
  await expect(bob.page.getByRole('status').filter({ hasText: '120 extensions' })).toBeVisible();
  await openPage(bob.page, 2);

  // Added by one, seen by the other within a second and without a reload.
  const count = (seat) => seat.page.getByRole('status').filter({ hasText: '121 extensions' });
  const seenByAnn = count(ann).waitFor({ timeout: 60_000 }).then(() => Date.now());
  const seenByBob = rowOf(bob.page, '7777').waitFor({ timeout: 60_000 }).then(() => Date.now());
  const agent = await addExtension(ann.page, { typed: 'ma', number: '7777', onForm: () => shot(ann.page, '2-adding') });
  const delay = (await seenByBob) - (await seenByAnn);
  console.log(`the second supervisor saw the new extension ${delay} ms after the first`);
  expect(delay).toBeLessThan(1000);
  await openPage(ann.page, 2);
  await expect(rowOf(ann.page, '7777')).toContainText(agent);
  await expect(rowOf(bob.page, '7777')).toContainText(agent);
  await shot(bob.page, '3-seen-by-the-second-supervisor');

  // A draft does not reach callers until it is published.
  expect(await world.dial('7777')).toMatchObject({ found: false, workerSID: null });
  await publish(ann.page, { onStage: () => shot(ann.page, '4-publishing') });
  await shot(ann.page, '5-published');
  const worker = await workerSidOf(world, '7777');
  expect(await world.dial('7777')).toMatchObject({ found: true, workerSID: worker, workerFullName: agent, extension: '7777' });
  expect(await world.dial('9999')).toMatchObject({ found: false, workerSID: null, extension: '9999' });
  await expect(bob.page.getByText('Published', { exact: true })).toBeVisible();

  // Another number for the same agent.
  await renumber(ann.page, '7777', '7778');
  await expect(rowOf(bob.page, '7778')).toContainText(agent);
  await expect(rowOf(bob.page, '7777')).toHaveCount(0);
  await publish(ann.page);
  expect(await world.dial('7777')).toMatchObject({ found: false });
  expect(await world.dial('7778')).toMatchObject({ found: true, workerSID: worker });

  // Removed.
  await removeExtension(ann.page, '7778', { onQuestion: () => shot(ann.page, '6-removing') });
  await expect(rowOf(bob.page, '7778')).toHaveCount(0);
  await publish(ann.page);
  expect(await world.dial('7778')).toMatchObject({ found: false, workerSID: null });
  expect(await world.dial(numbers[0])).toMatchObject({ found: true });

  expect(ann.troubles).toEqual([]);
  expect(bob.troubles).toEqual([]);
  await Promise.all([ann.context.close(), bob.context.close()]);
}

async function workerSidOf(world, number) {
  const { FLEX_SYNC_SERVICE_SID: service, FLEX_SYNC_MAP_NAME: map } = world.env;
  const item = await world.twilio('sync', `/v1/Services/${service}/Maps/${map}/Items/${number}`);
  return item.data.workerSid;
}
