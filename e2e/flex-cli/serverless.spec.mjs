// The official Twilio CLI deploys the Functions with its Serverless plugin, and the published directory goes along.
import { createHmac } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startWorld } from '../world.mjs';
import { openDesk } from './flex-cli.mjs';

/** Who may call what. */
const FUNCTIONS = {
  '/admin/discard': 'public',
  '/admin/list': 'public',
  '/admin/publish': 'public',
  '/admin/update': 'public',
  '/admin/update-status': 'public',
  '/agentExtensions': 'protected',
  '/server': 'private',
  '/server-wasm': 'private',
};
const ASSETS = { '/extensions.json': 'private', '/server.wasm': 'private' };

test.describe.configure({ mode: 'serial' });

let world;
let desk;
let service;

test.beforeAll(async () => {
  world = await startWorld({ demo: 120, buildDelay: 100, flags: ['--proxy-port', '0'] });
  desk = await openDesk(world, 'functions');
  service = `/v1/Services/${world.env.TWILIO_SERVERLESS_SERVICE_SID}`;
});

test.afterAll(async () => {
  await desk?.close();
  await world?.stop();
});

test('serverless:deploy to the default environment, after a pull, keeps the directory that was published', async () => {
  await writeSettings('.env', {});
  await publishOneMore();
  const published = await readPublished();
  expect(JSON.parse(published)).toHaveLength(121);

  await pull();
  await deploy([]);
  const { build, variables } = await deployed('dev');
  expect(await uploaded(build, '/extensions.json')).toBe(published);
  expect(variables).toMatchObject(settings());
});

test('serverless:deploy --env .env.stage --environment=staging makes that environment, with its own variables', async () => {
  const before = await deployed('dev');
  await writeSettings('.env.stage', { FLEX_SYNC_MAP_NAME: 'StagingMap', FLEX_APP_FUNCTIONS_BASE: undefined });
  await deploy(['--env', '.env.stage', '--environment=staging']);
  const { build, variables } = await deployed('staging');
  expect(JSON.parse(await uploaded(build, '/extensions.json'))).toHaveLength(121);
  expect(variables).toMatchObject({ FLEX_SYNC_MAP_NAME: 'StagingMap' });
  expect(variables).not.toHaveProperty('FLEX_APP_FUNCTIONS_BASE');
  expect(await deployed('dev')).toEqual(before);
});

/** The settings of this account, as a person has them: of the emulator, only what an account at Twilio has too. */
function settings() {
  return Object.fromEntries(Object.entries(world.env).filter(([name]) => !name.startsWith('DEMO_') && name !== 'TWILIO_BASE_URL'));
}

/** Writes them into a file of the project, with these changes. */
async function writeSettings(file, changes) {
  const pairs = Object.entries({ ...settings(), ...changes }).filter(([, value]) => value !== undefined);
  await writeFile(path.join(desk.folder, file), pairs.map(([name, value]) => `${name}="${value}"\n`).join(''));
}

/** Publishes a row that the draft does not have, so that a pull of anything but the published directory shows. */
async function publishOneMore() {
  const ask = async (endpoint, body) => {
    const answer = await world.admin(endpoint, { Token: world.env.DEMO_TOKEN_SUPERVISOR, ...body });
    expect(answer).toMatchObject({ status: 200 });
    return answer.body;
  };
  const { data, version } = await ask('list', {});
  const row = { workerFullName: 'Published Only', extensionNumber: '8888', workerSid: `WK${'b'.repeat(32)}` };
  const { buildSid } = await ask('update', { data: [...data, row], version });
  await expect.poll(async () => (await ask('update-status', { buildSid })).buildStatus).toBe('completed');
  await ask('publish', { buildSid });
}

/** The published asset, with the signature that opens a protected one: base64 of HMAC-SHA1 over its address. */
async function readPublished() {
  const { domain_name: domain } = await environment('dev');
  const signature = createHmac('sha1', world.env.TWILIO_AUTH_TOKEN).update(`https://${domain}/extensions.json`).digest('base64');
  const at = `${world.env.TWILIO_BASE_URL}/twil.io/${domain}/extensions.json`;
  const response = await fetch(at, { headers: { 'x-twilio-signature': signature } });
  expect(response.status).toBe(200);
  return response.text();
}

/** The first step of the recipe. The server's own program takes the address of Twilio as a setting. */
async function pull() {
  const { TWILIO_BASE_URL } = world.env;
  const { code, output } = await desk.npm(['run', '--silent', 'pull'], { TWILIO_BASE_URL, NO_PROXY: '127.0.0.1' });
  expect(output).toContain('pulled 121 extensions (published)');
  expect(code).toBe(0);
}

async function deploy(options) {
  const { code, output } = await desk.twilio(['serverless:deploy', ...options]);
  expect(output).toContain('Serverless project successfully deployed');
  expect(code).toBe(0);
}

async function environment(suffix) {
  const { environments } = await world.twilio('serverless', `${service}/Environments`);
  return environments.find((one) => one.domain_suffix === suffix);
}

/** What an environment runs, which must be the whole project, and its variables. */
async function deployed(suffix) {
  const { sid, build_sid: buildSid } = await environment(suffix);
  const build = await world.twilio('serverless', `${service}/Builds/${buildSid}`);
  expect(build).toMatchObject({ status: 'completed', runtime: 'node22' });
  expect(visibilities(build.function_versions)).toEqual(FUNCTIONS);
  expect(visibilities(build.asset_versions)).toEqual(ASSETS);
  expect(build.dependencies.map(({ name }) => name)).toContain('@twilio/runtime-handler');
  const { size } = await stat(path.join(desk.folder, 'assets/server.private.wasm'));
  expect(await uploaded(build, '/server.wasm')).toEqual({ length: size });
  const list = await world.twilio('serverless', `${service}/Environments/${sid}/Variables`);
  return { build, variables: Object.fromEntries(list.variables.map(({ key, value }) => [key, value])) };
}

const visibilities = (versions) => Object.fromEntries(versions.map(({ path: at, visibility }) => [at, visibility]));

/** What an asset of a Build was uploaded with, a big one by its length: nobody can read a private asset back. */
async function uploaded(build, asset) {
  const { asset_sid: sid, sid: wanted } = build.asset_versions.find(({ path: at }) => at === asset);
  const versions = (await world.twilio('serverless', `${service}/Assets/${sid}/Versions`)).asset_versions;
  const isUpload = ({ method, path: at }) => method === 'POST' && at.endsWith(`/Assets/${sid}/Versions`);
  const uploads = (await world.calls()).filter(isUpload);
  // Twilio lists the newest first. The demo's own version was never uploaded, so both are counted from the newest.
  return uploads.at(-1 - versions.findIndex((version) => version.sid === wanted)).body.Content;
}
