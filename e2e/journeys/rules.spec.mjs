// What is said about a number while it is typed: reserved, taken, in another one's way, and which one is free.
import { expect, test } from '@playwright/test';
import { expectNothingFound } from '../accessibility.mjs';
import { chooseAgent, ownerOf, rowOf } from '../extensions.mjs';
import { openExtensions, picture, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

let world;
test.beforeEach(async () => {
  world = await startWorld({ demo: 40, settings: { EXTENSION_RESERVED: '911,7700-7799', EXTENSION_MIN_DIGITS: '3', EXTENSION_MAX_DIGITS: '5' } });
});
test.afterEach(() => world?.stop());

test('each rule is explained next to the field, and the next free number is one click away', async ({ browser }) => {
  const { page, context, troubles } = await signIn(browser, world, 'supervisor');
  await openExtensions(page);
  await expect(rowOf(page, '2000')).toBeVisible();
  const owner = await ownerOf(page, '2000');
  await page.getByRole('button', { name: 'Add extension' }).click();
  const number = page.getByRole('textbox', { name: 'Extension', exact: true });
  const suggestion = page.getByRole('button', { name: /^Use next free number/ });
  await expect(page.getByText('3 to 5 digits. Leading zeros count. Reserved: 911, 7700-7799.')).toBeVisible();
  await expect(suggestion).toHaveText('Use next free number 2040');

  await number.fill('7777');
  await expect(page.getByText('7700-7799 is reserved. Choose another number.')).toBeVisible();
  await expect(suggestion).toHaveText('Use next free number 7800');
  await number.fill('2000');
  await expect(page.getByText(`2000 already belongs to ${owner}. Choose another number.`)).toBeVisible();
  await picture(page, 'rules-taken-light');
  await expectNothingFound(page, 'rules-taken-light');
  await suggestion.click();
  await expect(number).toHaveValue('2040');
  await expect(suggestion).toHaveCount(0);
  await expect(number).toBeFocused();
  await number.fill('12x');
  await expect(page.getByText('Use only the digits 0 to 9.')).toBeVisible();
  await number.fill('12');
  await number.blur();
  await expect(page.getByText('Use 3 to 5 digits.')).toBeVisible();

  // A prefix is a warning: it can be saved all the same.
  await number.fill('20001');
  await expect(page.getByText(`It begins with 2000 of ${owner}`)).toBeVisible();
  await chooseAgent(page, owner.split(' ')[0]);
  await expect(page.getByText(/^Also has 20\d\d/)).toBeVisible();
  await picture(page, 'rules-warning-light');
  await expectNothingFound(page, 'rules-warning-light');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(rowOf(page, '20001')).toBeVisible();

  // The server applies the same rules to whoever does not use the view.
  const list = await world.admin('list', { Token: world.env.DEMO_TOKEN_SUPERVISOR });
  const row = { ...list.body.data[0], extensionNumber: '7777' };
  const refused = await world.admin('update', { Token: world.env.DEMO_TOKEN_SUPERVISOR, data: [...list.body.data, row], version: list.body.version });
  expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-directory', detail: { rows: [{ row: 40 }] } } });
  expect(troubles).toEqual([]);
  await context.close();
});
