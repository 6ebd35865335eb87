// A running emulator in a folder of its own: started, killed, started again, and asked to misbehave.
// Knows nothing of the SDK. EMULATOR_BIN names the program, by default the debug build of this workspace.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = process.env.EMULATOR_BIN ?? fileURLToPath(new URL('../../target/debug/emulator', import.meta.url));

export class Emulator {
  #folder;
  #process;
  #flags;
  base;

  static async start(...flags) {
    const emulator = new Emulator();
    emulator.#flags = flags;
    emulator.#folder = await mkdtemp(join(tmpdir(), 'sync-conformance-'));
    await emulator.#spawn(0);
    return emulator;
  }

  async #spawn(port) {
    const flags = ['--port', String(port), '--data', this.#folder, '--demo', '5', ...this.#flags];
    this.#process = spawn(PROGRAM, flags, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, RUST_LOG: process.env.RUST_LOG ?? 'warn' },
    });
    const failed = once(this.#process, 'exit').then(([code]) => {
      throw new Error(`${PROGRAM} ended with ${code} before it was ready`);
    });
    const lines = createInterface({ input: this.#process.stdout });
    const ready = (async () => {
      for await (const line of lines) {
        const match = /^emulator: (http:\/\/\S+)$/.exec(line);
        if (match) return match[1];
      }
      throw new Error(`${PROGRAM} did not say where it listens`);
    })();
    failed.catch(() => {});
    this.base = await Promise.race([ready, failed]);
  }

  /** The address that the SDK is pointed at. */
  get socketUri() {
    return `${this.base.replace(/^http/, 'ws')}/tsock.us1/v3/wsconnect`;
  }

  /** Kills the process without a chance to tidy up. */
  async kill() {
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }

  /** Starts it again on the same port with what it kept. */
  async restart() {
    await this.#spawn(Number(new URL(this.base).port));
  }

  async stop() {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** The SIDs, credentials and fresh tokens of this world. */
  async env() {
    const response = await fetch(`${this.base}/control/env`);
    return response.json();
  }

  async token(name = 'SUPERVISOR') {
    const env = await this.env();
    return env[`DEMO_TOKEN_${name}`];
  }

  /** One of the orders of the control API. */
  async order(name, body = {}) {
    const response = await fetch(`${this.base}/control/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`control/${name}: ${response.status} ${await response.text()}`);
  }

  /** The requests that were answered after a position in the log. */
  async calls(since = 0) {
    const response = await fetch(`${this.base}/control/calls?since=${since}`);
    return (await response.json()).calls;
  }

  /** Asks Sync's REST API, as a backend would, about the default Service. */
  async rest(method, path, form, headers = {}) {
    const env = await this.env();
    const credentials = Buffer.from(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`).toString('base64');
    const response = await fetch(`${this.base}/sync/v1/Services/default${path}`, {
      method,
      headers: { Authorization: `Basic ${credentials}`, ...headers },
      body: form && new URLSearchParams(form),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  /** Asks TaskRouter's REST API about Workers. */
  async workers(method, path, form) {
    const env = await this.env();
    const credentials = Buffer.from(`${env.TWILIO_ACCOUNT_SID}:${env.TWILIO_AUTH_TOKEN}`).toString('base64');
    const workspace = `${this.base}/taskrouter/v1/Workspaces/${env.TASKROUTER_WORKSPACE_SID}`;
    const response = await fetch(`${workspace}/Workers${path}`, {
      method,
      headers: { Authorization: `Basic ${credentials}` },
      body: form && new URLSearchParams(form),
    });
    if (!response.ok) throw new Error(`Workers${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  }
}
