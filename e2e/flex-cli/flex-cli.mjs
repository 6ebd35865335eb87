// The official twilio-cli with its Flex and Serverless plugins, as a developer has it installed, working on a copy of a
// project. It reaches a world through the proxy that stands in for Twilio. Knows nothing of what a command does.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const modules = path.join(import.meta.dirname, 'node_modules');
const checkout = path.resolve(import.meta.dirname, '../..');

/** What is copied of a project: the CLI writes versions and SIDs into it, which are not the checkout's business. */
const PROJECTS = {
  plugin: { from: 'plugin', copied: ['package.json', 'webpack.config.js', 'public', 'scripts', 'src'], linked: ['node_modules'] },
  functions: { from: 'server/functions', copied: ['package.json', '.twilioserverlessrc', 'assets', 'functions', 'scripts'], linked: [] },
};

/** Makes a home, and a copy of a project: the plugin with its installed packages, or the Functions. `folder` is the copy. */
export async function openDesk(world, project = 'plugin') {
  const root = await mkdtemp(path.join(tmpdir(), 'flex-cli-'));
  const folder = path.join(root, project);
  await mkdir(folder);
  const { from, copied, linked } = PROJECTS[project];
  const at = (name) => [path.join(checkout, from, name), path.join(folder, name)];
  // Times are kept, because the WASM module must not be older than its sources.
  await Promise.all(copied.map((name) => cp(...at(name), { recursive: true, preserveTimestamps: true })));
  await Promise.all(linked.map((name) => symlink(...at(name))));
  await installPlugins(path.join(root, '.twilio-cli'));
  const environment = { ...process.env, ...(await variables(world, root)) };
  const begin = (program, words, changes) => spawnGroup(program, words, folder, { ...environment, ...changes });
  const start = (words, changes) => begin(process.execPath, [path.join(modules, 'twilio-cli/bin/run'), ...words], changes);
  return {
    folder,
    /** Runs `twilio <words>` to its end. Resolves to what it printed, without colours, and its exit code. */
    twilio: (words, changes = {}) => ended(start(words, changes)),
    /** Starts `twilio <words>`, which goes on until it is told to stop. */
    start: (words) => start(words, {}),
    /** Runs a script of the project to its end, in the same environment. */
    npm: (words, changes = {}) => ended(begin('npm', words, changes)),
    freePort,
    close: () => rm(root, { recursive: true, force: true }),
  };
}

/** What `twilio plugins:install` leaves behind, with the packages that are here. */
async function installPlugins(home) {
  const names = ['@twilio-labs/plugin-flex', '@twilio-labs/plugin-serverless'];
  const plugins = names.map((name) => ({ type: 'link', name, root: path.join(modules, name) }));
  await mkdir(home);
  await writeFile(path.join(home, 'package.json'), JSON.stringify({ private: true, oclif: { schema: 1, plugins }, dependencies: {} }));
}

/** The credentials of the world's account, and the way to it. CI: no question is asked, nothing is reported to Twilio. */
async function variables(world, root) {
  const authorities = path.join(root, 'authorities.pem');
  const trusted = [path.join(world.data, 'proxy-ca.pem'), process.env.NODE_EXTRA_CA_CERTS].filter(Boolean);
  const certificates = await Promise.all(trusted.map((file) => readFile(file, 'utf8')));
  await writeFile(authorities, certificates.join('\n'));
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN } = world.env;
  return {
    TWILIO_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN,
    HOME: root,
    CI: 'true',
    NO_COLOR: '1',
    HTTP_PROXY: world.proxy,
    NODE_EXTRA_CA_CERTS: authorities,
    // It runs itself by name now and then.
    PATH: `${path.join(modules, '.bin')}${path.delimiter}${process.env.PATH}`,
  };
}

function spawnGroup(program, words, cwd, env) {
  // A group of its own: some commands start processes that must end with them.
  const child = spawn(program, words, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const hear = (text) => {
    printed += text;
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const exited = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  return { child, exited, output: () => printed.replace(/\x1b\[[0-9;]*[A-Za-z]/g, ''), stop: () => stop(child, exited) };
}

async function ended({ exited, output }) {
  const code = await exited;
  return { code, output: output() };
}

async function stop(child, exited) {
  if (child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  await exited;
}

/** A port that nobody listens on right now. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
