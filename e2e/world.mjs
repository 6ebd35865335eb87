// One whole world for a journey: emulator, server and page, on free ports, with state of their own.
// It is what `cargo xtask start` runs; nothing here knows what a journey does with it.
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const xtask = process.env.XTASK_BIN ?? path.join(root, 'target/debug/xtask');

/** Starts a world. `bundle` is the plugin file to load instead of the page's own; `flags` go to `xtask start`, `settings` are variables of the server, `buildDelay` is how many milliseconds a Build takes. With the flag --proxy-port, `proxy` is where the Flex CLI finds this world. */
export async function startWorld({ demo = 120, bundle, buildDelay = 1000, flags = [], settings = {} } = {}) {
  const data = await mkdtemp(path.join(tmpdir(), 'agent-extensions-'));
  const ports = ['--page-port', '0', '--server-port', '0', '--emulator-port', '0'];
  const plugin = bundle ? ['--plugin-bundle', path.resolve(import.meta.dirname, bundle)] : [];
  const child = spawn(
    xtask,
    ['start', '--no-build', ...ports, '--data', data, '--demo', String(demo), '--build-delay-ms', String(buildDelay), ...plugin, ...flags],
    { cwd: root, env: { ...process.env, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const url = await readyUrl(child);
  const env = parseEnv(await readFile(path.join(data, 'env'), 'utf8'));
  const { proxy } = JSON.parse(await readFile(path.join(data, 'world.json'), 'utf8'));
  return {
    url,
    env,
    data,
    proxy,
    control: (call, body) => control(env.TWILIO_BASE_URL, call, body),
    calls: async (since = 0) => (await control(env.TWILIO_BASE_URL, `calls?since=${since}`)).calls,
    dial: async (number) => JSON.parse((await run(xtask, ['dial', number, '--data', data], { cwd: root })).stdout),
    admin: (endpoint, body) => postJson(`${env.FLEX_APP_FUNCTIONS_BASE}/admin/${endpoint}`, body),
    twilio: (host, resource, form) => twilio(env, host, resource, form),
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

function readyUrl(child) {
  const heard = [];
  return new Promise((resolve, reject) => {
    const hear = (line) => {
      heard.push(line);
      const ready = /^ready: (\S+)/.exec(line);
      if (ready) resolve(ready[1]);
    };
    createInterface({ input: child.stdout }).on('line', hear);
    createInterface({ input: child.stderr }).on('line', hear);
    child.once('exit', (code) => reject(new Error(`xtask start ended with ${code}:\n${heard.join('\n')}`)));
  });
}

function parseEnv(text) {
  const lines = text.split('\n').filter((line) => line.includes('='));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

async function control(base, call, body) {
  const request = body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${base}/control/${call}`, request);
  if (!response.ok) throw new Error(`control ${call}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text ? JSON.parse(text) : undefined;
}

async function postJson(url, body) {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

/** One call of Twilio's REST API, as another tool would make it: a GET, or a POST of the form. */
async function twilio(env, host, resource, form) {
  const basic = Buffer.from(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`).toString('base64');
  const request = form ? { method: 'POST', body: form instanceof FormData ? form : new URLSearchParams(form) } : {};
  const response = await fetch(`${env.TWILIO_BASE_URL}/${host}${resource}`, { ...request, headers: { authorization: `Basic ${basic}` } });
  if (!response.ok) throw new Error(`${host}${resource}: ${response.status} ${await response.text()}`);
  return response.json();
}
