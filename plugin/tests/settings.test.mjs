// How an administrator's settings are read: `npm test`.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { afterEach, test } from 'node:test';

// As a module of its own: the folder's files are for the Flex CLI's bundler, which needs no `type` in package.json.
const source = await readFile(new URL('../src/settings.js', import.meta.url), 'utf8');
const { settings } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

const NAMES = ['FLEX_APP_FUNCTIONS_BASE', 'FLEX_APP_SYNC_MAP_NAME', 'REACT_APP_SYNC_MAP_NAME'];
afterEach(() => NAMES.forEach((name) => delete process.env[name]));

/** Flex's service configuration with these settings in it. */
const configuration = (agent_did_extensions) => ({ ui_attributes: { agent_did_extensions } });

test('without any setting the Map has its default name, and there is no server', () => {
  const none = { functionsBase: undefined, syncMapName: 'AgentExtensionMaps' };
  for (const nothing of [undefined, null, {}, { ui_attributes: null }, configuration(null), configuration({})]) {
    assert.deepEqual(settings(nothing), none);
  }
});

test('what was built in counts where the service configuration says nothing', () => {
  process.env.FLEX_APP_FUNCTIONS_BASE = ' https://built.example.com ';
  process.env.FLEX_APP_SYNC_MAP_NAME = 'Built';
  const built = { functionsBase: 'https://built.example.com', syncMapName: 'Built' };
  assert.deepEqual(settings({}), built);
  assert.deepEqual(settings(configuration({ functions_base: ' ', sync_map_name: 7 })), built);
});

test('the service configuration goes before what was built in, each setting for itself', () => {
  process.env.FLEX_APP_FUNCTIONS_BASE = 'https://built.example.com';
  process.env.FLEX_APP_SYNC_MAP_NAME = 'Built';
  const base = settings(configuration({ functions_base: 'https://run.example.com' }));
  assert.deepEqual(base, { functionsBase: 'https://run.example.com', syncMapName: 'Built' });
  const map = settings(configuration({ sync_map_name: 'Run' }));
  assert.deepEqual(map, { functionsBase: 'https://built.example.com', syncMapName: 'Run' });
});

test("the original's name of the Map's setting is read too, after the new one", () => {
  process.env.REACT_APP_SYNC_MAP_NAME = 'Old';
  assert.equal(settings({}).syncMapName, 'Old');
  process.env.FLEX_APP_SYNC_MAP_NAME = 'New';
  assert.equal(settings({}).syncMapName, 'New');
});
