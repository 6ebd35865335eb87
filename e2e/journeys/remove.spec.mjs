// Removing one and many, taking it back, and how changes by others are shown. Defect 13 of the original: it removed
// without a question.
import { expect, test } from '@playwright/test';
import { addExtension, boxOf, removeExtension, removeSelected, renumber, rowOf, undoOffer } from '../extensions.mjs';
import { openExtensions, picture, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

let world;
test.beforeEach(async () => {
  world = await startWorld({ demo: 60 });
});
test.afterEach(() => world?.stop());

async function supervisor(browser, as, options) {
  const seat = await signIn(browser, world, as, options);
  await openExtensions(seat.page);
  await expect(count(seat.page, '60 extensions')).toBeVisible();
  return seat;
}

const count = (page, text) => page.locator('.ade-count').filter({ hasText: text });

const item = async (number) => {
  const { FLEX_SYNC_SERVICE_SID: service, FLEX_SYNC_MAP_NAME: map } = world.env;
  return (await world.twilio('sync', `/v1/Services/${service}/Maps/${map}/Items/${number}`)).data;
};

test('a removal is asked about, seen by everybody, and can be taken back for ten seconds', async ({ browser }) => {
  const ann = await supervisor(browser, 'supervisor');
  const bob = await supervisor(browser, 'supervisor2', { theme: 'dark' });

  await test.step('one row comes back exactly as it was', async () => {
    const before = await item('2003');
    await ann.page.getByRole('button', { name: 'Remove extension 2003 ' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(rowOf(ann.page, '2003')).toBeVisible();
    await removeExtension(ann.page, '2003');
    await expect(rowOf(bob.page, '2003')).toHaveCount(0);
    await expect(undoOffer(ann.page)).toContainText('Extension 2003 of');
    await picture(ann.page, 'undo-light');
    await undoOffer(ann.page).getByRole('button', { name: 'Undo' }).click();
    await expect(rowOf(bob.page, '2003')).toBeVisible();
    await expect(rowOf(ann.page, '2003')).toBeVisible();
    await expect(undoOffer(ann.page)).toHaveCount(0);
    expect(await item('2003')).toEqual(before);
  });

  await test.step('a number that was given away meanwhile stays with its new owner', async () => {
    await removeExtension(ann.page, '2003');
    await expect(rowOf(bob.page, '2003')).toHaveCount(0);
    await undoOffer(ann.page).hover();
    const before = (await item('2004')).workerSid;
    await renumber(bob.page, '2004', '2003');
    await expect(rowOf(ann.page, '2003')).toBeVisible();
    await undoOffer(ann.page).getByRole('button', { name: 'Undo' }).click();
    await expect(undoOffer(ann.page)).toContainText('Not brought back: 2003.');
    expect((await item('2003')).workerSid).toBe(before);
    await undoOffer(ann.page).getByRole('button', { name: 'Dismiss' }).click();
  });

  await test.step('a range is chosen, removed after one question, and one Undo brings all back', async () => {
    await boxOf(ann.page, '2010').click();
    await boxOf(ann.page, '2019').click({ modifiers: ['Shift'] });
    await expect(ann.page.getByText('10 selected')).toBeVisible();
    await removeSelected(ann.page, {
      onQuestion: async () => {
        await expect(ann.page.getByRole('dialog', { name: 'Remove 10 extensions?' })).toBeVisible();
        await picture(ann.page, 'remove-many-light');
      },
    });
    await expect(undoOffer(ann.page)).toContainText('10 extensions are removed.');
    await expect(count(bob.page, '49 extensions')).toBeVisible();
    await undoOffer(ann.page).getByRole('button', { name: 'Undo' }).click();
    await expect(count(bob.page, '59 extensions')).toBeVisible();
    await expect(undoOffer(ann.page)).toHaveCount(0);
  });

  await test.step('the page is chosen as a whole, and what fails is offered again', async () => {
    const page = ann.page.getByRole('checkbox', { name: 'Select all rows on this page' });
    await boxOf(ann.page, '2010').click();
    expect(await page.evaluate((box) => box.indeterminate)).toBe(true);
    await ann.page.getByRole('button', { name: 'Clear selection' }).click();
    await boxOf(ann.page, '2020').click();
    await boxOf(ann.page, '2024').click({ modifiers: ['Shift'] });
    await world.control('fail', { method: 'DELETE', path: '/Items/2022', status: 400, times: 1 });
    await removeSelected(ann.page);
    const dialog = ann.page.getByRole('dialog');
    await expect(dialog).toContainText('Not removed: 2022.');
    await picture(ann.page, 'remove-many-failed-light');
    await expect(rowOf(bob.page, '2021')).toHaveCount(0);
    await expect(rowOf(bob.page, '2022')).toBeVisible();
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await expect(undoOffer(ann.page)).toContainText('5 extensions are removed.');
    await expect(count(bob.page, '54 extensions')).toBeVisible();
  });

  await test.step('without a word the removal stays', async () => {
    await ann.page.mouse.move(400, 100);
    await expect(undoOffer(ann.page)).toHaveCount(0, { timeout: 15_000 });
    await expect(count(ann.page, '54 extensions')).toBeVisible();
  });

  await test.step('what others change is marked, and told in one sentence', async () => {
    await addExtension(ann.page, { typed: 'a', number: '1777' });
    const theirs = rowOf(bob.page, '1777');
    await expect(theirs.locator('.ade-marked')).toBeVisible();
    await expect(bob.page.getByRole('status').filter({ hasText: /changed extension 1777\./ })).toBeAttached();
    await picture(bob.page, 'changed-by-others-dark');
    await expect(rowOf(ann.page, '1777')).toBeVisible();
    await expect(rowOf(ann.page, '1777').locator('.ade-marked')).toHaveCount(0);
    await expect(theirs.locator('.ade-marked')).toHaveCount(0, { timeout: 15_000 });
    await boxOf(ann.page, '2030').click();
    await boxOf(ann.page, '2039').click({ modifiers: ['Shift'] });
    await removeSelected(ann.page);
    await expect(bob.page.getByRole('status').filter({ hasText: /removed \d+ rows\./ })).toBeAttached();
  });

  expect(ann.troubles).toEqual([]);
  expect(bob.troubles).toEqual([]);
  await Promise.all([ann.context.close(), bob.context.close()]);
});
