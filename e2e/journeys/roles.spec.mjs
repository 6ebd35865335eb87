// Who may see and do what.
import { expect, test } from '@playwright/test';
import { openExtensions, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

let world;
test.beforeAll(async () => {
  world = await startWorld({ demo: 3 });
});
test.afterAll(() => world?.stop());

const endpoints = ['list', 'update', 'update-status', 'publish', 'discard'];

test("an agent's login has no side link", async ({ browser }) => {
  const { page, context } = await signIn(browser, world, 'agent');
  await expect(page.getByRole('link', { name: 'Agent DID Extensions' })).toHaveCount(0);
  await context.close();
});

test('an administrator has the view as a supervisor has', async ({ browser }) => {
  const { page, context } = await signIn(browser, world, 'admin');
  await openExtensions(page);
  await expect(page.getByRole('row')).toHaveCount(3 + 1);
  await context.close();
});

test("every admin endpoint answers 403 for an agent's token and 401 for none or an expired one", async () => {
  const body = { data: [], version: null, buildSid: `ZB${'0'.repeat(32)}` };
  for (const endpoint of endpoints) {
    const answers = {
      agent: await world.admin(endpoint, { ...body, Token: world.env.DEMO_TOKEN_AGENT }),
      expired: await world.admin(endpoint, { ...body, Token: world.env.DEMO_TOKEN_EXPIRED }),
      none: await world.admin(endpoint, body),
      empty: await world.admin(endpoint, { ...body, Token: '' }),
    };
    expect(answers.agent, endpoint).toMatchObject({ status: 403, body: { code: 'not-allowed' } });
    for (const who of ['expired', 'none', 'empty']) {
      expect(answers[who], `${endpoint} ${who}`).toMatchObject({ status: 401, body: { code: 'not-signed-in' } });
    }
  }
});
