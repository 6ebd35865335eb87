// The view for everybody: axe on every screen in both themes, a whole journey by keyboard alone, and small screens.
import { expect, test } from '@playwright/test';
import { expectFocusOn, expectForEverybody, expectWithinReach, tabTo } from '../accessibility.mjs';
import { addExtension, agentsFound, boxOf, confirmPublish, find, openReview, removeExtension, rowOf, undoOffer } from '../extensions.mjs';
import { openExtensions, picture, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

let world;
test.afterEach(() => world?.stop());

/** Every screen that one person can bring about, one after another. */
async function* screens(page) {
  yield 'table';
  await page.getByRole('button', { name: 'Add extension' }).click();
  await page.getByRole('combobox', { name: 'Agent' }).fill('a');
  await expect(agentsFound(page).first()).toBeVisible();
  yield 'adding';
  await page.getByRole('textbox', { name: 'Extension' }).fill('2001');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  yield 'adding-refused';
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Edit extension 2002 ' }).click();
  yield 'editing';
  await page.getByRole('button', { name: 'Cancel' }).click();
  await boxOf(page, '2003').click();
  await boxOf(page, '2006').click({ modifiers: ['Shift'] });
  yield 'selected';
  await page.getByRole('button', { name: 'Remove selected' }).click();
  yield 'removing-many';
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear selection' }).click();
  await page.getByRole('button', { name: 'Remove extension 2009 ' }).click();
  yield 'removing-one';
  await page.keyboard.press('Escape');
  await removeExtension(page, '2009');
  // It stays while the pointer is on it.
  await undoOffer(page).hover();
  yield 'undo';
  await undoOffer(page).getByRole('button', { name: 'Dismiss' }).click();
  await find(page, 'nobody has this name');
  await expect(page.getByRole('heading', { name: 'No extension matches' })).toBeVisible();
  yield 'nothing-matches';
  await find(page, 'a');
  await expect(page.locator('mark').first()).toBeVisible();
  yield 'filtered';
  await find(page, '');
  await page.getByRole('button', { name: 'Edit extension 2005 ' }).click();
  await changeWithAnotherTool('2005');
  await expect(page.getByRole('region', { name: 'Theirs' })).toBeVisible();
  yield 'row-conflict';
  await page.getByRole('textbox', { name: 'Extension' }).press('Escape');
  await openReview(page);
  yield 'review';
  await confirmPublish(page);
  await expect(page.getByRole('listitem').filter({ hasText: 'Building' })).toHaveAttribute('aria-current', 'step');
  yield 'mid-publish';
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 60_000 });
  yield 'published';
  await removeExtension(page, '2010');
  await world.control('fail-build', { times: 1 });
  await openReview(page);
  await confirmPublish(page);
  await expect(page.getByRole('alert').filter({ hasText: 'could not make the Build' })).toBeVisible({ timeout: 60_000 });
  yield 'failed';
}

/** Renames the agent of a row, as a tool would that knows nothing of us. */
async function changeWithAnotherTool(number) {
  const { FLEX_SYNC_SERVICE_SID: service, FLEX_SYNC_MAP_NAME: map } = world.env;
  const item = `/v1/Services/${service}/Maps/${map}/Items/${number}`;
  const { data } = await world.twilio('sync', item);
  await world.twilio('sync', item, { Data: JSON.stringify({ ...data, workerFullName: 'Somebody Else' }) });
}

test('axe finds nothing on any screen in light and in dark, and nothing is out of reach on small ones', async ({ browser }) => {
  test.setTimeout(480_000);
  // A Build takes as long as it takes to look at the view meanwhile.
  world = await startWorld({ demo: 60, buildDelay: 15_000 });
  const { page, context, troubles } = await signIn(browser, world, 'supervisor');
  await openExtensions(page);
  await expect(rowOf(page, '2000')).toBeVisible();
  for await (const screen of screens(page)) {
    await expectForEverybody(page, screen, { hold: screen === 'undo' ? () => undoOffer(page).hover() : undefined });
  }
  expect(troubles).toEqual([]);
  await context.close();
});

test('what Flex tells one thing after another lies over no button of a small screen', async ({ browser }) => {
  world = await startWorld({ demo: 5 });
  const { page, context } = await signIn(browser, world, 'supervisor');
  await openExtensions(page);
  await page.setViewportSize({ width: 1024, height: 600 });
  for (const number of ['7777', '7778']) await addExtension(page, { typed: 'a', number });
  const told = (number) => page.getByTestId('notification-message').filter({ hasText: `Extension ${number} of ` });
  await expect(told('7778')).toBeVisible();
  await expect(told('7777')).toHaveCount(0);
  await expectWithinReach(page, 'two saved');
  await picture(page, 'two-saved');
  await context.close();
});

test('a supervisor adds, changes, removes, brings back and publishes by keyboard alone', async ({ browser }) => {
  world = await startWorld({ demo: 0 });
  const { page, context } = await signIn(browser, world, 'supervisor');
  const press = (key) => page.keyboard.press(key);
  await tabTo(page, /Agent DID Extensions/);
  await press('Enter');
  await expect(page.getByText('No extensions yet')).toBeVisible();
  await expectForEverybody(page, 'empty');

  for (const number of ['7777', '7788']) {
    await tabTo(page, 'Add extension');
    await press('Enter');
    await expectFocusOn(page, /^Agent/);
    await page.keyboard.type('ma');
    await expect(agentsFound(page).first()).toBeVisible();
    await press('ArrowDown');
    await press('Enter');
    await tabTo(page, /^Extension/);
    await page.keyboard.type(number);
    await press('Enter');
    await expect(rowOf(page, number)).toBeVisible();
    // The focus returns to its opener.
    await expectFocusOn(page, /^Add extension$/);
  }

  await tabTo(page, /^Edit extension 7777 /);
  await press('Enter');
  await expectFocusOn(page, /^Extension/);
  await press('ControlOrMeta+a');
  await page.keyboard.type('7778');
  await press('Enter');
  await expect(rowOf(page, '7778')).toBeVisible();
  await expect(rowOf(page, '7777')).toHaveCount(0);

  await tabTo(page, /^Remove extension 7788 /);
  await press('Enter');
  await expectFocusOn(page, /^Cancel$/);
  await press('Escape');
  await expectFocusOn(page, /^Remove extension 7788 /);
  await press('Enter');
  await tabTo(page, 'Remove', { back: true });
  await press('Enter');
  await expect(rowOf(page, '7788')).toHaveCount(0);
  await expectFocusOn(page, /^Undo$/);
  await press('Enter');
  await expect(rowOf(page, '7788')).toBeVisible();

  await tabTo(page, /^Select extension 7778 /);
  await press('Space');
  await tabTo(page, /^Select extension 7788 /);
  await press('Shift+Space');
  await expect(page.getByText('2 selected')).toBeVisible();
  await tabTo(page, 'Clear selection', { back: true });
  await press('Enter');
  await expect(page.getByText('2 selected')).toHaveCount(0);

  await tabTo(page, 'Publish Extensions', { back: true });
  await press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo(page, /^Publish(?! Extensions)/);
  await press('Enter');
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 60_000 });
  expect(await world.dial('7778')).toMatchObject({ found: true });
  await context.close();
});
