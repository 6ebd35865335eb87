// What a supervisor does in our view, in the words that she reads on the screen.
// Knows nothing of how the view is built.
import { expect } from '@playwright/test';

/** Every extension number that the table offers, page after page. */
export async function allNumbers(page) {
  const next = page.getByRole('button', { name: 'Next page' });
  const numbers = [];
  for (;;) {
    numbers.push(...(await page.getByRole('row').locator('td:nth-of-type(1)').allTextContents()));
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
  const found = page.getByRole('option').first();
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

/** Publishes and waits until the view says that the draft is live. */
export async function publish(page, { onStage } = {}) {
  await page.getByRole('button', { name: 'Publish Extensions' }).click();
  if (onStage) await onStage();
  await expect(page.getByText('Published', { exact: true })).toBeVisible({ timeout: 60_000 });
}
