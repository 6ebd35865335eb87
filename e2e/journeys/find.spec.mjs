// Finding rows: search, filters, orders and pages, while others change the data underneath.
import { expect, test } from '@playwright/test';
import { addExtension, countLine, find, rowOf, shownNumbers } from '../extensions.mjs';
import { leaveExtensions, openExtensions, picture, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

let world;
test.afterEach(() => world?.stop());

const plain = (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase();
const sorted = (page, column) => page.getByRole('columnheader', { name: column });
const press = (page, column) => page.getByRole('columnheader', { name: column }).getByRole('button').click();

/** Writes a Map Item as another tool would: with a key, and with no word of who and when. */
async function writeWithAnotherTool(number, workerFullName, key = number) {
  const { FLEX_SYNC_SERVICE_SID: service, FLEX_SYNC_MAP_NAME: map } = world.env;
  const data = { workerFullName, extensionNumber: number, workerSid: `WK${number.padStart(32, '0')}` };
  await world.twilio('sync', `/v1/Services/${service}/Maps/${map}/Items`, { Key: key, Data: JSON.stringify(data) });
}

/** The rows that stand in the Map. */
async function draft() {
  const { FLEX_SYNC_SERVICE_SID: service, FLEX_SYNC_MAP_NAME: map } = world.env;
  const rows = [];
  let next = `/v1/Services/${service}/Maps/${map}/Items?PageSize=100`;
  while (next) {
    const { items, meta } = await world.twilio('sync', next);
    rows.push(...items.map((item) => item.data));
    next = meta.next_page_url?.split('/sync').pop();
  }
  return rows;
}

async function supervisor(browser, demo, theme) {
  world = await startWorld({ demo });
  const seat = await signIn(browser, world, 'supervisor', { theme });
  await openExtensions(seat.page);
  return seat;
}

test('rows are found, filtered, sorted and paged, and all of it survives leaving the view', async ({ browser }) => {
  const { page, context, troubles } = await supervisor(browser, 120, 'light');
  await expect(countLine(page, '120 extensions')).toBeVisible();
  await picture(page, 'find-full-light');

  await test.step('a name is found without its accents and in any case, and what matches is marked', async () => {
    const names = await page.getByRole('rowheader').allTextContents();
    const name = names.find((text) => plain(text) !== text.toLowerCase() && /^\p{Script=Latin}/u.test(text));
    const word = name.trim().split(' ').find((part) => plain(part) !== part.toLowerCase());
    await find(page, plain(word).toUpperCase());
    await expect(countLine(page, ' of 120 extensions')).toBeVisible();
    await expect(page.getByRole('rowheader').filter({ hasText: name.trim() }).locator('mark').first()).toHaveText(word);
    for (const shown of await page.getByRole('rowheader').allTextContents()) expect(plain(shown)).toContain(plain(word));
    await picture(page, 'find-filtered-light');
  });

  await test.step('a number and a Worker SID are found too', async () => {
    // The same digits may stand in the Worker SID of another row by chance.
    const found = (await draft()).filter((row) => `${row.extensionNumber} ${row.workerSid}`.includes('2042'));
    await find(page, '2042');
    await expect.poll(async () => (await shownNumbers(page)).sort()).toEqual(found.map((row) => row.extensionNumber).sort());
    const sid = (await rowOf(page, '2042').locator('td.ade-sid').textContent()).trim();
    await expect(rowOf(page, '2042').locator('td.ade-number mark')).toHaveText('2042');
    await find(page, sid.slice(2, 20).toUpperCase());
    await expect.poll(() => shownNumbers(page)).toEqual(['2042']);
  });

  await test.step('where nothing matches, that is said, with the way back', async () => {
    await find(page, 'nobody is called this');
    await expect(page.getByRole('heading', { name: 'No extension matches' })).toBeVisible();
    await expect(countLine(page, '0 of 120 extensions')).toBeVisible();
    await picture(page, 'find-no-match-light');
    await page.getByRole('button', { name: 'Show all' }).first().click();
    await expect(countLine(page, /^120 extensions/)).toBeVisible();
    await expect(page.getByRole('searchbox')).toHaveValue('');
  });

  await test.step('numbers are sorted by value, and "007" is not "7"', async () => {
    for (const number of ['007', '70', '0100']) await writeWithAnotherTool(number, `Agent ${number}`);
    await writeWithAnotherTool('7000', 'Agent of an older tool', `WK${'7'.repeat(32)}`);
    await expect(sorted(page, 'Extension')).toHaveAttribute('aria-sort', 'ascending');
    await expect.poll(async () => (await shownNumbers(page)).slice(0, 4)).toEqual(['007', '70', '0100', '2000']);
    await press(page, 'Extension');
    await expect(sorted(page, 'Extension')).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(async () => (await shownNumbers(page))[0]).toBe('7000');
  });

  await test.step('the row of an older tool shows when Sync last saw it change, exactly for who asks', async () => {
    const time = rowOf(page, '7000').locator('time');
    await expect(time).toContainText('just now');
    const exact = await time.getAttribute('title');
    expect(Math.abs(Date.parse(await time.getAttribute('datetime')) - Date.now())).toBeLessThan(120_000);
    await expect(time).toContainText(exact);
    expect(exact).toContain(String(new Date().getFullYear()));
  });

  await test.step('of what was changed, the newest comes first', async () => {
    await press(page, 'Last updated');
    await expect(sorted(page, 'Last updated')).toHaveAttribute('aria-sort', 'descending');
    await expect(sorted(page, 'Extension')).not.toHaveAttribute('aria-sort', /./);
    await expect.poll(async () => new Set((await shownNumbers(page)).slice(0, 4))).toEqual(new Set(['007', '70', '0100', '7000']));
    for (const column of ['Agent', 'Worker SID', 'Updated by']) {
      await press(page, column);
      await expect(sorted(page, column)).toHaveAttribute('aria-sort', 'ascending');
    }
    await press(page, 'Extension');
  });

  await test.step('what changed since the last publish is marked, and can be looked at alone', async () => {
    const owner = await addExtension(page, { typed: 'ma', number: '7777' });
    await page.getByRole('checkbox', { name: 'Changed since the last publish' }).check();
    await expect.poll(() => shownNumbers(page)).toEqual(['007', '70', '0100', '7000', '7777']);
    await expect(rowOf(page, '7777')).toContainText('Not published');
    await page.getByRole('combobox', { name: 'Updated by' }).selectOption('Sofía Marín');
    await expect.poll(() => shownNumbers(page)).toEqual(['7777']);
    await expect(page.getByRole('rowheader')).toHaveText(owner);
    await expect(rowOf(page, '7777').locator('time')).toContainText('just now');
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(page.getByRole('checkbox', { name: 'Changed since the last publish' })).not.toBeChecked();
    await expect(page.getByRole('combobox', { name: 'Updated by' })).toHaveValue('');
  });

  await test.step('the agents of one team are shown alone', async () => {
    await page.getByRole('combobox', { name: 'Team' }).selectOption('Sales');
    await expect(countLine(page, /^3[01] of 125 extensions/)).toBeVisible();
    await page.getByRole('combobox', { name: 'Team' }).selectOption('All teams');
    await expect(countLine(page, /^125 extensions/)).toBeVisible();
  });

  await test.step('a page stays where it is when others add rows before it', async () => {
    await page.getByRole('combobox', { name: 'Rows per page' }).selectOption('25');
    await expect(page.getByText('1–25 of 125')).toBeVisible();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByRole('button', { name: 'Next page' }).click();
    await expect(page.getByText('51–75 of 125')).toBeVisible();
    const [first] = await shownNumbers(page);
    for (let number = 1000; number < 1030; number += 1) await writeWithAnotherTool(String(number), `Agent ${number}`);
    await expect(page.getByText('76–100 of 155')).toBeVisible();
    expect(await shownNumbers(page)).toContain(first);
  });

  await test.step('search, order and page are there again after another view of Flex', async () => {
    await find(page, '20');
    await press(page, 'Agent');
    await page.getByRole('button', { name: 'Next page' }).click();
    // What cannot be seen at once is drawn after the typing.
    await expect(page.getByRole('button', { name: /^Edit extension / })).toHaveCount(25);
    const before = await shownNumbers(page);
    await leaveExtensions(page);
    await openExtensions(page);
    await expect(page.getByRole('searchbox')).toHaveValue('20');
    await expect(sorted(page, 'Agent')).toHaveAttribute('aria-sort', 'ascending');
    await expect(page.getByRole('combobox', { name: 'Rows per page' })).toHaveValue('25');
    expect(await shownNumbers(page)).toEqual(before);
    await picture(page, 'find-page-2-light');
  });
  expect(troubles).toEqual([]);
  await context.close();
});

test('with nothing there yet, the first step is offered; then the table looks right in the dark theme', async ({ browser }) => {
  const { page, context } = await supervisor(browser, 0, 'dark');
  await expect(page.getByRole('heading', { name: 'No extensions yet' })).toBeVisible();
  await picture(page, 'find-empty-dark');
  for (const number of ['2000', '2001', '0300']) await writeWithAnotherTool(number, `Ángela ${number}`);
  await find(page, 'angela 2');
  await expect(countLine(page, '2 of 3 extensions')).toBeVisible();
  await expect(page.getByRole('rowheader').first().locator('mark').first()).toHaveText('Ángela');
  await picture(page, 'find-filtered-dark');
  await context.close();
});
