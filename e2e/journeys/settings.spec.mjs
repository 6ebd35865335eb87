// How an administrator configures the plugin: in Flex's service configuration, which goes before what was built in.
// Runs with the page's own bundle, which has nothing built in, and with the Flex CLI's, which has.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import { expectNothingFound } from '../accessibility.mjs';
import { rowOf } from '../extensions.mjs';
import { openExtensions, picture, signIn } from '../flex.mjs';
import { startWorld } from '../world.mjs';

/** What the step `bundle` of `cargo xtask test` builds in. Nobody answers there. */
const BUILT_IN = 'https://built-in.example.com';

const test = base.extend({ bundle: [undefined, { option: true }] });

let world;
test.beforeEach(async ({ bundle }) => {
  world = await startWorld({ demo: 3, bundle });
});
test.afterEach(() => world?.stop());

/** Writes the part of Flex's service configuration that is about the plugin, as docs/environments.md tells. */
async function configure(agent_did_extensions) {
  const { TWILIO_ACCOUNT_SID: account_sid, TWILIO_AUTH_TOKEN: token, TWILIO_BASE_URL: twilio } = world.env;
  const authorization = `Basic ${Buffer.from(`${account_sid}:${token}`).toString('base64')}`;
  const ask = async (request) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const response = await fetch(`${twilio}/flex-api/v1/Configuration`, { headers, ...request });
    expect(response.status).toBe(200);
    return response.json();
  };
  // What is named is replaced as a whole, and Flex does not start without the rest.
  const { ui_attributes } = await ask({});
  const changed = { account_sid, ui_attributes: { ...ui_attributes, agent_did_extensions } };
  await ask({ method: 'POST', body: JSON.stringify(changed) });
}

/** Whether the bundle is the one of the step `bundle`; the step `flex-cli` leaves another one there, with nothing built in. */
async function hasBuiltIn(bundle) {
  return Boolean(bundle) && (await readFile(path.resolve(import.meta.dirname, '..', bundle), 'utf8')).includes(BUILT_IN);
}

/** Opens the view, and gathers which hosts are asked for what is published. */
async function open(browser) {
  const asked = [];
  const prepare = (page) => page.on('request', (request) => {
    if (request.url().endsWith('/admin/list')) asked.push(new URL(request.url()).origin);
  });
  const seat = await signIn(browser, world, 'supervisor', { prepare });
  await openExtensions(seat.page);
  return { ...seat, asked };
}

test('the service configuration goes before what was built in', async ({ browser }) => {
  const { FLEX_APP_FUNCTIONS_BASE: server, FLEX_SYNC_SERVICE_SID: service } = world.env;
  await configure({ functions_base: `${server}/`, sync_map_name: 'AnotherMap' });
  await world.twilio('sync', `/v1/Services/${service}/Maps`, { UniqueName: 'AnotherMap' });
  const row = { workerFullName: 'Kim Doe', extensionNumber: '6666', workerSid: `WK${'a'.repeat(32)}` };
  await world.twilio('sync', `/v1/Services/${service}/Maps/AnotherMap/Items`, { Key: '6666', Data: JSON.stringify(row) });
  const { page, context, asked } = await open(browser);
  await expect(rowOf(page, '6666')).toBeVisible();
  await expect(rowOf(page, '2000')).toHaveCount(0);
  await expect(page.getByText(/^Not published · \d changes$/)).toBeVisible();
  expect(asked).toEqual([server]);
  await context.close();
});

test('without it, what was built in counts; without either, the view says what is missing', async ({ browser, bundle }) => {
  await configure({});
  const { page, context, asked } = await open(browser);
  // The draft is there all the same: the Map has a name by default.
  await expect(rowOf(page, '2000')).toBeVisible();
  const missing = page.getByRole('alert').filter({ hasText: 'The address of the server is not configured' });
  if (await hasBuiltIn(bundle)) {
    await expect(page.getByRole('alert').filter({ hasText: 'The server does not answer' })).toBeVisible();
    await expect(missing).toHaveCount(0);
    expect(asked).toEqual([BUILT_IN]);
  } else {
    await expect(missing).toContainText('FLEX_APP_FUNCTIONS_BASE');
    await expect(missing).toContainText('agent_did_extensions');
    await expect(page.getByText('Loading…', { exact: true })).toHaveCount(0);
    await picture(page, 'not-configured-light');
    await expectNothingFound(page, 'not-configured-light');
    expect(asked).toEqual([]);
  }
  await context.close();
});
