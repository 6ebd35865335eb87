// Kill -9 of emulator and server at any point loses neither the draft nor the published directory.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';

const binaries = path.resolve(import.meta.dirname, '../../target/debug');

/** Starts a binary and resolves with its process and the address it prints when it listens. */
function launch(name, args, env = {}) {
  const child = spawn(path.join(binaries, name), args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const listening = /^\w+: (http:\/\/\S+)/.exec(line);
      if (listening) resolve({ child, base: listening[1].replace('0.0.0.0', '127.0.0.1') });
    });
  });
}

function killed({ child }) {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  return gone;
}

/** Emulator and server over one folder, to be killed and started again. */
async function boot(data) {
  const emulator = await launch('emulator', ['--port', '0', '--data', data, '--demo', '40', '--build-delay-ms', '0', '--functions-base', 'http://127.0.0.1:9']);
  const env = await (await fetch(`${emulator.base}/control/env`)).json();
  const server = await launch('agent-extensions', [], { ...env, PORT: '0', TWILIO_BASE_URL: emulator.base, LAST_GOOD_FILE: path.join(data, 'last-good.json') });
  const post = async (endpoint, body) => {
    const response = await fetch(`${server.base}/admin/${endpoint}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ Token: env.DEMO_TOKEN_SUPERVISOR, ...body }),
    });
    return { status: response.status, ...(await response.json()) };
  };
  const basic = `Basic ${Buffer.from(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`).toString('base64')}`;
  const items = `${emulator.base}/sync/v1/Services/${env.FLEX_SYNC_SERVICE_SID}/Maps/${env.FLEX_SYNC_MAP_NAME}/Items`;
  return {
    post,
    draft: async () => {
      const page = await (await fetch(`${items}?PageSize=100`, { headers: { authorization: basic } })).json();
      return page.items.map(({ key, data: row, revision }) => ({ key, row, revision }));
    },
    writeDraft: (key, row) =>
      fetch(items, { method: 'POST', headers: { authorization: basic }, body: new URLSearchParams({ Key: key, Data: JSON.stringify(row) }) }),
    dial: async (number) =>
      (await fetch(`${server.base}/agentExtensions?agentExt=${number}`, { headers: { authorization: basic } })).json(),
    kill: () => Promise.all([killed(emulator), killed(server)]),
  };
}

const row = (number) => ({ workerFullName: 'Kim Doe', extensionNumber: number, workerSid: `WK${'a'.repeat(32)}` });

let data;
test.beforeEach(async () => {
  data = await mkdtemp(path.join(tmpdir(), 'agent-extensions-kill-'));
});
test.afterEach(() => rm(data, { recursive: true, force: true }));

test('the draft is as it was, with keys, data and revisions', async () => {
  let world = await boot(data);
  expect((await world.writeDraft('7777', row('7777'))).status).toBe(201);
  const before = await world.draft();
  expect(before).toHaveLength(41);
  await world.kill();
  world = await boot(data);
  expect(await world.draft()).toEqual(before);
  await world.kill();
});

test('a write in flight when the emulator dies is there whole or not at all', async () => {
  let world = await boot(data);
  const before = await world.draft();
  const writes = Array.from({ length: 30 }, (_, n) => world.writeDraft(`90${String(n).padStart(2, '0')}`, row(`90${String(n).padStart(2, '0')}`)));
  const acknowledged = await Promise.race(writes.map((write, n) => write.then((answer) => ({ n, status: answer.status }))));
  expect(acknowledged.status).toBe(201);
  await world.kill();
  await Promise.allSettled(writes);
  world = await boot(data);
  const after = await world.draft();
  const added = after.filter(({ key }) => !before.some((item) => item.key === key));
  expect(added.map(({ key }) => key)).toContain(`90${String(acknowledged.n).padStart(2, '0')}`);
  for (const item of added) expect(item.row).toEqual(row(item.key));
  expect(after).toHaveLength(before.length + added.length);
  await world.kill();
});

test('at every step of publishing, the published directory is the old one or the new one', async () => {
  let world = await boot(data);
  const published = await world.post('list', {});
  expect(published.data).toHaveLength(40);
  const rows = [...published.data, row('7777')];

  // Killed after the Build was requested: the old directory is live, and the publish can be finished.
  const update = await world.post('update', { data: rows, version: published.version });
  expect(update).toMatchObject({ status: 200 });
  await world.kill();
  world = await boot(data);
  const between = await world.post('list', {});
  expect(between.data).toEqual(published.data);
  expect(between.version).toBe(published.version);
  expect(between.versionIsDeployed).toBe(false);
  expect(await world.dial('7777')).toMatchObject({ found: false });

  // Finished by whoever comes next, then killed again: the new directory is live and stays.
  expect(await world.post('update-status', { buildSid: update.buildSid })).toMatchObject({ buildStatus: 'completed' });
  expect(await world.post('publish', { buildSid: update.buildSid })).toMatchObject({ success: true });
  await world.kill();
  world = await boot(data);
  const after = await world.post('list', {});
  expect(after.data).toEqual(rows);
  expect(after.version).toBe(update.version);
  expect(after.versionIsDeployed).toBe(true);
  expect(await world.dial('7777')).toMatchObject({ found: true, workerSID: row('7777').workerSid });
  await world.kill();
});
