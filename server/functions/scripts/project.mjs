// What the scripts of this folder share: the settings, and how the server's own commands are run.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The settings in `file`; none where there is no such file. */
export function settingsIn(file) {
  return existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
}

/** Runs a program in this folder and ends with its status unless it succeeds. */
export function run(program, args, cwd = process.cwd()) {
  const { error, status } = spawnSync(program, args, { cwd, stdio: 'inherit' });
  if (error) console.error(`${program} can not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/** Writes the live directory into assets/, with `agent-extensions pull`. Whatever stops that ends this process. */
export function pull(envFile) {
  const args = [...(existsSync(envFile) ? ['--env-file', envFile] : []), 'pull', '--out', 'assets/extensions.private.json'];
  const binary = process.env.AGENT_EXTENSIONS;
  if (binary) run(binary, args);
  else run('cargo', ['run', '--quiet', '--locked', '--manifest-path', `${repository}Cargo.toml`, '--package', 'server', '--', ...args]);
}

/** Compiles the server, unless that is done. */
export function buildIfMissing() {
  const made = ['assets/server.private.wasm', 'functions/server-wasm.private.js'];
  if (!made.every((file) => existsSync(file))) run('cargo', ['xtask', 'functions'], repository);
}
