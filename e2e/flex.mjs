// What a person does in the Flex UI around our view: sign in, open it, leave it.
// Knows nothing of what stands in the view.
import path from 'node:path';
import { expect } from '@playwright/test';

const pictures = path.resolve(import.meta.dirname, '../target/e2e');

/** Booting the whole Flex UI takes a while on two cores. */
const BOOT = 90_000;

/** Opens Flex as one of the demo users, each in a browser context of their own. `prepare` gets the page before it loads. */
export async function signIn(browser, world, as, { theme = 'light', prepare } = {}) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (prepare) await prepare(page);
  const troubles = [];
  page.on('pageerror', (error) => troubles.push(String(error)));
  await page.goto(`${world.url}/?as=${as}&theme=${theme}`, { waitUntil: 'commit' });
  await expect(page.getByRole('link', { name: 'Agent Desktop' })).toBeVisible({ timeout: BOOT });
  return { page, context, troubles };
}

/** Closes the tab and opens Flex again, as far as the page can tell. */
export async function startOver(page) {
  await page.reload({ waitUntil: 'commit' });
  await expect(page.getByRole('link', { name: 'Agent Desktop' })).toBeVisible({ timeout: BOOT });
}

/** Opens our view from the side navigation. */
export async function openExtensions(page) {
  await page.getByRole('link', { name: 'Agent DID Extensions' }).click();
  await expect(page.getByRole('heading', { name: 'Agent DID Extensions' })).toBeVisible();
}

/** Leaves our view for Flex's own. */
export async function leaveExtensions(page) {
  await page.getByRole('link', { name: 'Agent Desktop' }).click();
  await expect(page.getByRole('heading', { name: 'Agent DID Extensions' })).toHaveCount(0);
}

/** Switches Flex to another theme, live, as its own configuration can. */
export async function switchTheme(page, theme) {
  await page.evaluate((isLight) => window.Twilio.Flex.Manager.getInstance().updateConfig({ theme: { isLight } }), theme === 'light');
  await expect(page.locator(`[data-ade-theme=${theme}]`)).toBeVisible();
}

/** Writes a picture of the screen to target/e2e/. */
export async function picture(page, name) {
  await page.screenshot({ path: path.join(pictures, `${name}.png`), animations: 'disabled' });
}
