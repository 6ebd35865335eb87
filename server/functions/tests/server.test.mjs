// What surrounds the WASM module when it panics or never answers: `npm test`. A module that is made up stands in for
// the server's, because that one has no panic to order.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, beforeEach, mock, test } from 'node:test';

const require = createRequire(import.meta.url);
const PROGRAM = require.resolve('../functions/server.private.js');

/** Answers paths as they are named; its steps go the way that wasm-bindgen's go. */
const MODULE = `
  const step = (task) => queueMicrotask(() => exports.run(task));
  const panic = () => { throw new WebAssembly.RuntimeError('unreachable'); };
  globalThis.started = (globalThis.started ?? 0) + 1;
  const mine = globalThis.started;
  const answer = (body) => ({ status: 200, headers: [['x', 'y']], body, free() {} });
  function handle(host, path) {
    if (path === '/panics-at-once') panic();
    const call = () => host.send('GET', 'http://twilio.example/', [], []);
    return new Promise((resolve, reject) => {
      if (path === '/panics') step(panic);
      if (path === '/answers') step(() => resolve(answer('instance ' + mine)));
      if (path === '/refuses') step(() => reject('a text'));
      if (path === '/waits') globalThis.goOn = () => step(() => { globalThis.wentOn = true; resolve(answer('late')); });
      if (path === '/calls') call().catch((error) => resolve(answer(error)));
      if (path === '/calls-later') setTimeout(() => call().catch(() => {}), 3000);
    });
  }
  exports.Server = {
    start(host) {
      if (globalThis.start === 'panics') panic();
      if (globalThis.start === 'refuses') throw 'LOG is not usable.';
      return { handle: (path) => handle(host, path) };
    },
  };
`;

const folder = await mkdtemp(path.join(tmpdir(), 'functions-'));
const module = path.join(folder, 'server-wasm.private.js');
await writeFile(module, MODULE);
after(() => rm(folder, { recursive: true }));

class Response {
  headers = {};
  setStatusCode = (status) => (this.status = status);
  appendHeader = (name, value) => (this.headers[name] = value);
  setBody = (body) => (this.body = body);
}
globalThis.Runtime = { getFunctions: () => ({ 'server-wasm': { path: module } }), getAssets: () => ({}) };
globalThis.Twilio = { Response };

let program;
let logged;
beforeEach(() => {
  delete require.cache[PROGRAM];
  program = require(PROGRAM);
  globalThis.started = 0;
  logged = mock.method(console, 'error', () => {});
});
afterEach(() => mock.reset());

const ask = (wanted) =>
  new Promise((resolve, reject) => program.answer(wanted, {}, {}, (error, response) => (error ? reject(error) : resolve(response))));

function refused(response, status, code) {
  assert.equal(response.status, status);
  assert.equal(response.body.code, code);
  assert.match(response.body.message, /\.$/);
  assert.equal(response.headers['Content-Type'], 'application/json');
  assert.equal(response.headers['Access-Control-Allow-Origin'], '*');
}

test('an instance answers one request after the other', async () => {
  for (const _ of [1, 2]) {
    const response = await ask('/answers');
    assert.deepEqual([response.status, response.body, response.headers], [200, 'instance 1', { x: 'y' }]);
  }
});

test('a panic is answered with 500, and the next request by a new instance', async () => {
  for (const panicking of ['/panics', '/panics-at-once']) {
    const before = globalThis.started;
    refused(await ask(panicking), 500, 'internal');
    assert.equal((await ask('/answers')).body, `instance ${Math.max(before, 1) + 1}`);
  }
  assert.match(String(logged.mock.calls[0].arguments[0]), /unreachable/);
});

test('the other requests of an instance that panics are answered too, and it does nothing more for them', async () => {
  const waiting = ask('/waits');
  refused(await ask('/panics'), 500, 'internal');
  refused(await waiting, 500, 'internal');
  globalThis.wentOn = false;
  globalThis.goOn();
  assert.equal((await ask('/answers')).status, 200);
  assert.equal(globalThis.wentOn, false);
});

test('a panic while the server starts is answered with 500, and starts anew with the next request', async () => {
  globalThis.start = 'panics';
  refused(await ask('/answers'), 500, 'internal');
  globalThis.start = 'works';
  assert.equal((await ask('/answers')).body, 'instance 2');
});

test('settings that can not be used are said again without loading the module again', async () => {
  globalThis.start = 'refuses';
  for (const _ of [1, 2]) refused(await ask('/answers'), 500, 'internal');
  globalThis.start = 'works';
  assert.equal((await ask('/answers')).body, 'instance 1');
});

test('what the module refuses is no panic', async () => {
  refused(await ask('/refuses'), 500, 'internal');
  assert.equal((await ask('/answers')).body, 'instance 1');
});

test('a request that never settles is answered with 503 before Twilio ends the Function', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const waiting = ask('/waits');
  mock.timers.tick(9499);
  const stillThere = Symbol('no answer yet');
  assert.equal(await Promise.race([waiting, Promise.resolve(stillThere)]), stillThere);
  mock.timers.tick(1);
  refused(await waiting, 503, 'twilio-failed');
});

/** Stands in for the network: nobody answers. Returns whether each call was given up. */
function silentNetwork() {
  const signals = [];
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  mock.method(globalThis, 'fetch', (_, { signal }) => {
    signals.push(signal);
    return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  });
  return () => signals.map((signal) => signal.aborted);
}

test('a call to Twilio is given up after 8 s', async () => {
  silentNetwork();
  const calling = ask('/calls');
  mock.timers.tick(8000);
  assert.match((await calling).body, /no answer within 8000 ms/);
});

test('a call to Twilio is given up earlier with the request that it is made for', async () => {
  const givenUp = silentNetwork();
  const calling = ask('/calls-later');
  mock.timers.tick(3000);
  mock.timers.tick(6499);
  assert.deepEqual(givenUp(), [false]);
  mock.timers.tick(1);
  refused(await calling, 503, 'twilio-failed');
  assert.deepEqual(givenUp(), [true]);
});
