// Two people at the same rows, and writes that the connection does not carry: nothing is lost without a word.
import { expect, test } from '@playwright/test';
import { expectForEverybody, expectNothingFound } from '../accessibility.mjs';
import { switchboard } from '../connection.mjs';
import { chooseAgent, openReview, ownerOf, reassign, removeExtension, renumber, rowOf, undoOffer } from '../extensions.mjs';
import { openExtensions, picture, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

let world;
test.beforeEach(async () => {
  world = await startWorld({ demo: 8 });
});
test.afterEach(() => world?.stop());

async function supervisor(browser, as = 'supervisor', options) {
  const seat = await signIn(browser, world, as, options);
  await openExtensions(seat.page);
  await expect(rowOf(seat.page, '2007')).toBeVisible();
  return seat;
}

const edit = (page, number) => page.getByRole('button', { name: `Edit extension ${number} ` }).click();
const save = (page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const number = (page) => page.getByRole('textbox', { name: 'Extension', exact: true });

test("theirs stands beside mine at once, and either is kept", async ({ browser }) => {
  const ann = await supervisor(browser);
  const ben = await supervisor(browser, 'supervisor2', { theme: 'dark' });

  // Changed by somebody else: keep theirs.
  await edit(ann.page, '2001');
  await number(ann.page).fill('2111');
  const theirs = await reassign(ben.page, '2001', 'a');
  await expect(ann.page.getByRole('alert').filter({ hasText: 'changed this extension while you were editing it' })).toBeVisible();
  await expect(ann.page.getByRole('region', { name: 'Theirs' })).toContainText(theirs);
  await expect(ann.page.getByRole('region', { name: 'Mine' })).toContainText('2111');
  await picture(ann.page, 'row-conflict-light');
  await expectNothingFound(ann.page, 'row-conflict-light');
  await ann.page.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(number(ann.page)).toHaveValue('2001');
  await expect(ann.page.getByRole('combobox', { name: 'Agent' })).toHaveValue(theirs);
  await ann.page.getByRole('button', { name: 'Cancel' }).click();

  // Given another number by somebody else: keep mine, whose number then replaces theirs.
  await edit(ben.page, '2002');
  const owner = await ownerOf(ben.page, '2002');
  await renumber(ann.page, '2002', '2222');
  await expect(ben.page.getByText('changed its number to 2222 while you were editing it')).toBeVisible();
  await picture(ben.page, 'row-conflict-dark');
  await expectNothingFound(ben.page, 'row-conflict-dark');
  await ben.page.getByRole('button', { name: 'Keep mine' }).click();
  await expect(number(ben.page)).toBeFocused();
  await number(ben.page).fill('2333');
  await save(ben.page);
  await expect(rowOf(ann.page, '2333')).toBeVisible();
  await expect(rowOf(ann.page, '2222')).toHaveCount(0);
  expect(await ownerOf(ann.page, '2333')).toBe(owner);

  // Removed by somebody else: keep mine, which adds it anew.
  await edit(ann.page, '2003');
  const mine = await chooseAgent(ann.page, 'a', await ownerOf(ann.page, '2003'));
  await ben.page.getByRole('button', { name: 'Remove extension 2003 ' }).click();
  await ben.page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(ann.page.getByText('Someone removed this extension while you were editing it.')).toBeVisible();
  await ann.page.getByRole('button', { name: 'Keep mine' }).click();
  await save(ann.page);
  await expect(rowOf(ben.page, '2003')).toBeVisible();
  expect(await ownerOf(ben.page, '2003')).toBe(mine);
  expect([...ann.troubles, ...ben.troubles]).toEqual([]);
  await ann.context.close();
  await ben.context.close();
});

test('what is written while the connection is lost arrives, is finished or is offered again', async ({ browser }) => {
  let line;
  const prepare = async (page) => {
    line = await switchboard(page);
  };
  const { page, context, troubles } = await supervisor(browser, 'supervisor', { prepare });
  const lost = page.getByText('Connection lost. Changes by others');

  // Saved without a connection: pending, and there when it is back.
  line.cut();
  await expect(lost).toBeVisible();
  await edit(page, '2001');
  await number(page).fill('2111');
  await save(page);
  await expect(page.getByText(/^Pending: 2111 for /)).toBeVisible();
  await expect(rowOf(page, '2001')).toHaveCount(1);
  await picture(page, 'pending-light');
  await expectNothingFound(page, 'pending-light');
  line.restore();
  await expect(rowOf(page, '2111')).toBeVisible({ timeout: 60_000 });
  await expect(rowOf(page, '2001')).toHaveCount(0);
  await expect(page.getByText(/^Pending: /)).toHaveCount(0);

  // Removed without a connection: it waits as visibly, can be kept after all, and the review says what is not sent.
  line.cut();
  await expect(lost).toBeVisible();
  for (const number of ['2006', '2007']) await removeExtension(page, number);
  const waits = (number) => page.locator('.ade-pending').filter({ hasText: `Pending: ${number} of ` });
  await expect(waits('2006')).toContainText('is removed as soon as the connection is back.');
  // On small screens Flex's notification of the save before lies over the buttons, until it goes.
  await expect(page.getByText('is saved. Publish to let callers use it.')).toHaveCount(0);
  await expectForEverybody(page, 'pending-removal');
  await waits('2007').getByRole('button', { name: 'Keep it' }).click();
  await expect(waits('2007')).toHaveCount(0);
  const review = await openReview(page);
  await expect(review.getByText('1 change of yours is not saved yet and not part of this.')).toBeVisible();
  await expectForEverybody(page, 'review-unsent');
  await review.getByRole('button', { name: 'Cancel' }).click();
  await expect(rowOf(page, '2006')).toHaveCount(1);
  line.restore();
  await expect(rowOf(page, '2006')).toHaveCount(0, { timeout: 60_000 });
  await expect(undoOffer(page)).toContainText('Extension 2006');
  await expect(rowOf(page, '2007')).toHaveCount(1);

  // Cut off between the two writes of a change of number: never neither row, and the rest is done on return.
  line.cutBefore(/"DELETE"[^]*2004|2004[^]*"DELETE"/);
  await renumber(page, '2004', '2444');
  await expect(lost).toBeVisible();
  await expect(rowOf(page, '2004')).toHaveCount(1);
  await expect(rowOf(page, '2444')).toHaveCount(1);
  line.restore();
  await expect(rowOf(page, '2004')).toHaveCount(0, { timeout: 60_000 });
  await expect(rowOf(page, '2444')).toHaveCount(1);

  // The same, and this time the tab is closed: the next supervisor finishes it.
  line.cutBefore(/"DELETE"[^]*2005|2005[^]*"DELETE"/);
  await renumber(page, '2005', '2555');
  await expect(page.getByText(/^Pending: 2555 for /)).toBeVisible();
  await page.reload({ waitUntil: 'commit' });
  line.restore();
  await page.getByRole('link', { name: 'Agent DID Extensions' }).click({ timeout: 90_000 });
  await expect(page.getByText(/^2555 for .* was not saved before the page was closed\. Save it now\?$/)).toBeVisible();
  await picture(page, 'offered-again-light');
  await expectNothingFound(page, 'offered-again-light');
  await context.close();
  const ben = await supervisor(browser, 'supervisor2', { theme: 'dark' });
  const offer = ben.page.locator('.ade-pending').filter({ hasText: 'was cut off: both are there.' });
  await expect(offer).toContainText('The change of 2005');
  await picture(ben.page, 'cut-off-dark');
  await expectNothingFound(ben.page, 'cut-off-dark');
  await offer.getByRole('button', { name: 'Remove 2005' }).click();
  await expect(rowOf(ben.page, '2005')).toHaveCount(0);
  await expect(rowOf(ben.page, '2555')).toHaveCount(1);
  await expect(offer).toHaveCount(0);
  expect([...troubles, ...ben.troubles]).toEqual([]);
  await ben.context.close();
});
