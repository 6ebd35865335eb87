// What a supervisor does in our view, in the words that she reads on the screen.
// Knows nothing of how the view is built.
import { expect } from '@playwright/test';
import { openExtensions, signIn } from './flex.mjs';

/** Signs in and opens our view; resolves when all rows are there. */
export async function takeSeat(browser, world, rows, as = 'supervisor', options) {
  const seat = await signIn(browser, world, as, options);
  await openExtensions(seat.page);
  await expect(seat.page.getByRole('status').filter({ hasText: `${rows} extensions` })).toBeVisible();
  return seat;
}

/** Every extension number that the table offers, page after page. */
export async function allNumbers(page) {
  const next = page.getByRole('button', { name: 'Next page' });
  const numbers = [];
  for (;;) {
    numbers.push(...(await page.getByRole('row').locator('td.ade-number').allTextContents()));
    if ((await next.count()) === 0 || (await next.isDisabled())) return numbers.map((number) => number.trim());
    await next.click();
  }
}

/** Goes to a page of the table, counted from 1. */
export async function openPage(page, wanted) {
  const step = async (name, more) => {
    const button = page.getByRole('button', { name });
    while ((await button.count()) > 0 && (await button.isEnabled()) && more()) await button.click();
  };
  await step('Previous page', () => true);
  let at = 1;
  await step('Next page', () => at++ < wanted);
}

/** The row of a number, if the page of the table that is open has it. */
export function rowOf(page, number) {
  return page.getByRole('row').filter({ has: page.getByRole('button', { name: `Edit extension ${number} ` }) });
}

/** Adds an extension for the agent that is found by typing part of a name. Returns the name that was chosen. */
export async function addExtension(page, { typed, number, onForm }) {
  await page.getByRole('button', { name: 'Add extension' }).click();
  await page.getByRole('combobox', { name: 'Agent' }).fill(typed);
  const found = page.getByRole('listbox', { name: 'Agents found' }).getByRole('option').first();
  await expect(found).toBeVisible();
  const name = (await found.locator('.ade-option-name').textContent()).trim();
  await found.click();
  await page.getByRole('textbox', { name: 'Extension' }).fill(number);
  if (onForm) await onForm();
  await page.getByRole('button', { name: 'Save' }).click();
  return name;
}

/** Gives an extension another number. */
export async function renumber(page, from, to) {
  await page.getByRole('button', { name: `Edit extension ${from} ` }).click();
  await page.getByRole('textbox', { name: 'Extension' }).fill(to);
  await page.getByRole('button', { name: 'Save' }).click();
}

/** Whom a number leads to, as the table says. */
export async function ownerOf(page, number) {
  return (await rowOf(page, number).getByRole('rowheader').textContent()).trim();
}

/** Removes an extension and confirms it. */
export async function removeExtension(page, number, { onQuestion } = {}) {
  await page.getByRole('button', { name: `Remove extension ${number} ` }).click();
  if (onQuestion) await onQuestion();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
}

/** Presses Publish Extensions. Returns the review that opens. */
export async function openReview(page) {
  await page.getByRole('button', { name: 'Publish Extensions' }).click();
  const review = page.getByRole('dialog', { name: 'Publish these changes?' });
  await expect(review).toBeVisible();
  return review;
}

/** Confirms the review that is open. */
export async function confirmPublish(page) {
  await page.getByRole('dialog', { name: 'Publish these changes?' }).getByRole('button', { name: /^Publish \d/ }).click();
}

/** Publishes and waits until the view says that the draft is live. */
export async function publish(page, { onReview, onStage } = {}) {
  await openReview(page);
  if (onReview) await onReview();
  await confirmPublish(page);
  if (onStage) await onStage();
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 60_000 });
}

/** The box that chooses the row of a number. */
export function boxOf(page, number) {
  return page.getByRole('checkbox', { name: `Select extension ${number} ` });
}

/** Removes all rows that are chosen and confirms it. */
export async function removeSelected(page, { onQuestion } = {}) {
  await page.getByRole('button', { name: 'Remove selected' }).click();
  if (onQuestion) await onQuestion();
  await page.getByRole('dialog').getByRole('button', { name: /^Remove / }).click();
}

/** The offer to take the last removal back. */
export function undoOffer(page) {
  return page.locator('.ade-undo');
}

/** Types into the search box, in place of what stands there. */
export async function find(page, text) {
  await page.getByRole('searchbox', { name: 'Find by name, number or Worker SID' }).fill(text);
}

/** The line that says how many extensions there are, or how many of them match. */
export function countLine(page, text) {
  return page.locator('.ade-count').filter({ hasText: text });
}

/** The numbers on the page of the table that is open, in its order. Places that wait for a row are hidden. */
export async function shownNumbers(page) {
  return (await page.locator('tr:not([hidden]) > td.ade-number').allTextContents()).map((number) => number.trim());
}

/** Gives an extension to another agent: the first one that is found by part of a name and is not the present one. */
export async function reassign(page, number, typed) {
  const owner = await ownerOf(page, number);
  await page.getByRole('button', { name: `Edit extension ${number} ` }).click();
  const name = await chooseAgent(page, typed, owner);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  return name;
}

/** Types part of a name into the open panel and chooses the first agent who is not `except`. */
export async function chooseAgent(page, typed, except = '') {
  await page.getByRole('combobox', { name: 'Agent' }).fill(typed);
  const names = page.getByRole('option').locator('.ade-option-name');
  await expect(names.first()).toBeVisible();
  const name = (await names.allTextContents()).map((text) => text.trim()).find((text) => text !== except);
  await page.getByRole('option').filter({ hasText: name }).first().click();
  return name;
}

/** The agents that the search in the panel has found. */
export function agentsFound(page) {
  return page.getByRole('listbox', { name: 'Agents found' }).getByRole('option');
}
