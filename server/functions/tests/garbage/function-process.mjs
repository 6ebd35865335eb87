// The Functions of this folder with the module that `cargo xtask functions` built, in a process made of what Twilio
// lends to one. Knows nothing of what is asked and of what is right.

import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = path.join(PROJECT, 'functions/server.private.js');
const MODULE = path.join(PROJECT, 'functions/server-wasm.private.js');
const WASM = path.join(PROJECT, 'assets/server.private.wasm');
/** What the hook of the module writes for every panic. */
const PANIC = /panicked at/;

export const ACCOUNT = `AC${'0'.repeat(32)}`;
export const ENVIRONMENT = `ZE${'0'.repeat(32)}`;
/** Nothing is sent again, so that no run waits. */
const VARIABLES = {
  ACCOUNT_SID: ACCOUNT,
  AUTH_TOKEN: 'a-token',
  SERVICE_SID: `ZS${'0'.repeat(32)}`,
  ENVIRONMENT_SID: ENVIRONMENT,
  DOMAIN_NAME: 'did-1234-dev.twil.io',
  TWILIO_SERVICE_RETRY_LIMIT: '0',
};

const folder = mkdtempSync(path.join(tmpdir(), 'garbage-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/** Compiling is most of what a new process costs, and the bytes are always the same. */
const compiled = new WebAssembly.Module(readFileSync(WASM));
WebAssembly.Module = function Module() {
  return compiled;
};

class Response {
  headers = {};
  setStatusCode = (status) => (this.status = status);
  appendHeader = (name, value) => (this.headers[name.toLowerCase()] = value);
  setBody = (body) => (this.body = body);
}

/** A process of the Function, and of nothing that ran before. There is one at a time. */
export class FunctionProcess {
  /** How often the module was made; again only after a panic. */
  instances = 0;
  panics = [];
  /** Answers in the place of `fetch`. */
  twilio;

  /** `directory` is the content of the private asset. */
  constructor({ directory, twilio }) {
    this.twilio = twilio;
    const file = path.join(folder, 'extensions.private.json');
    writeFileSync(file, directory);
    const module = { get: () => (this.instances++, { path: MODULE }), enumerable: true };
    const functions = Object.defineProperty({ server: { path: PROGRAM } }, 'server-wasm', module);
    const assets = { '/server.wasm': { path: WASM }, '/extensions.json': { path: file } };
    globalThis.Runtime = { getFunctions: () => functions, getAssets: () => assets };
    globalThis.Twilio = { Response };
    globalThis.fetch = (...call) => this.twilio(...call);
    for (const level of ['debug', 'info', 'warn', 'error']) console[level] = (line) => this.#logged(String(line));
    delete require.cache[PROGRAM];
  }

  #logged(line) {
    if (PANIC.test(line)) this.panics.push(line);
  }

  /** What the Function at `path`, such as `/admin/list`, answers to an event. */
  ask(path, event) {
    const name = path === '/agentExtensions' ? '/agentExtensions.protected' : path;
    const { handler } = require(`${PROJECT}functions${name}.js`);
    return new Promise((resolve, reject) =>
      handler(VARIABLES, event, (error, response) => (error ? reject(error) : resolve(response))),
    );
  }
}
