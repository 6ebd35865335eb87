// A Flex token that expires while the view is open is renewed, and the supervisor notices nothing.
import { expect, test } from '@playwright/test';
import { addExtension, publish, rowOf } from '../extensions.mjs';
import { openExtensions, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

/** Short enough to expire during the test. Flex renews a token that has less than three minutes left, every 15 seconds. */
const LIFETIME = 45;

let world;
test.afterEach(() => world?.stop());

test('the view stays live and may publish long after the token it began with has expired', async ({ browser }) => {
  world = await startWorld({ demo: 5, flags: ['--token-lifetime-s', String(LIFETIME)] });
  const { page, context } = await signIn(browser, world, 'supervisor');
  const began = Date.now();
  await openExtensions(page);
  await expect(page.getByRole('button', { name: /^Edit extension / })).toHaveCount(5);
  const renewals = async () => (await world.calls()).filter(({ path }) => path.endsWith('/Tokens/refresh')).length;
  const expired = () => Date.now() - began > 1.5 * LIFETIME * 1000;
  await expect.poll(async () => expired() && (await renewals()) > 1, { timeout: 120_000 }).toBe(true);

  // What others write still arrives, and what she writes and publishes is still accepted.
  const { FLEX_SYNC_SERVICE_SID: service, FLEX_SYNC_MAP_NAME: map } = world.env;
  const row = { workerFullName: 'Kim Doe', extensionNumber: '6666', workerSid: `WK${'a'.repeat(32)}` };
  await world.twilio('sync', `/v1/Services/${service}/Maps/${map}/Items`, { Key: '6666', Data: JSON.stringify(row) });
  await expect(rowOf(page, '6666')).toBeVisible();
  await addExtension(page, { typed: 'a', number: '7777' });
  await expect(rowOf(page, '7777')).toBeVisible();
  await publish(page);
  expect(await world.dial('6666')).toMatchObject({ found: true, workerSID: row.workerSid });
  await expect(page.getByText('Connection lost')).toHaveCount(0);
  await context.close();
});
