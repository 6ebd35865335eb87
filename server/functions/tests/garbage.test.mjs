// Garbage, fed to the module as it is deployed: the queries, forms, JSON, headers and tokens of strangers, private
// assets and publishing locks that something else wrote, and answers that no Twilio gives. `npm test`, after
// `cargo xtask functions`.
//
// Whatever comes in, the module itself answers, as it is documented. Natively a panic ends one request; here it ends
// the instance, and whatever else it was working on.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { mustBeDocumented, PATHS } from './garbage/answers.mjs';
import { FunctionProcess } from './garbage/function-process.mjs';
import { directory, event, eventOfASupervisor, lock, reply, rows } from './garbage/garbage.mjs';
import { building, json, NEXT_BUILD, TOKEN, twilio, VERSION } from './garbage/twilio.mjs';

const seed = Number(process.env.GARBAGE_SEED ?? Date.now() % 2 ** 31);
fc.configureGlobal({ seed, includeErrorInReport: true });
before(() => process.stdout.write(`garbage: GARBAGE_SEED=${seed} npm test does the same again\n`));

const DIRECTORY = '[{"workerFullName":"Ann","extensionNumber":"7001","workerSid":"WK00000000000000000000000000000001"}]';
const path = fc.constantFrom(...PATHS);
const adminPath = fc.constantFrom(...PATHS.filter((path) => path.startsWith('/admin/')));
const asSupervisor = (fields) => ({ Token: TOKEN, ...fields, request: { headers: { 'content-type': 'application/json' } } });

async function mustAnswer(process, path, event) {
  mustBeDocumented(path, await process.ask(path, event));
  assert.deepEqual(process.panics.splice(0), []);
}

/** Holds `property` for as many examples as there are runs. */
const holds = (numRuns, ...property) => fc.assert(fc.asyncProperty(...property), { numRuns });

test('whatever strangers send is answered or refused in words, and takes nothing down', async () => {
  const process = new FunctionProcess({ directory: DIRECTORY, twilio: twilio() });
  await holds(250, path, event, (path, event) => mustAnswer(process, path, event));
  await holds(200, adminPath, eventOfASupervisor, (path, event) => mustAnswer(process, path, event));
  assert.equal(process.instances, 1);
});

test('whatever rows a supervisor publishes are taken or refused in words', async () => {
  const process = new FunctionProcess({ directory: DIRECTORY });
  await holds(150, rows, (data) => {
    process.twilio = twilio();
    return mustAnswer(process, '/admin/update', asSupervisor({ data, version: VERSION, confirmedCount: data?.length }));
  });
  assert.equal(process.instances, 1);
});

test('whatever a private asset holds, callers are answered and supervisors see it', async () => {
  await holds(40, directory, async (directory) => {
    const process = new FunctionProcess({ directory, twilio: twilio() });
    await mustAnswer(process, '/agentExtensions', { agentExt: '7001' });
    await mustAnswer(process, '/admin/list', asSupervisor({}));
    assert.equal(process.instances, 1);
  });
});

test('whatever stands in the place of the publishing lock, every step of a publish is answered', async () => {
  const process = new FunctionProcess({ directory: DIRECTORY });
  await holds(250, lock, adminPath, async (lock, path) => {
    process.twilio = twilio(lock);
    const { buildSid, startedAt } = lock?.data ?? {};
    const publish = { data: JSON.parse(DIRECTORY), version: VERSION, buildSid, startedAt };
    await mustAnswer(process, path, asSupervisor(publish));
    await mustAnswer(process, '/admin/list', asSupervisor({}));
  });
  assert.equal(process.instances, 1);
});

/** A request that each path does its whole work for, and the lock that it needs. */
const WHOLE = {
  '/agentExtensions': [{ agentExt: '7001' }],
  '/admin/list': [{}],
  '/admin/update': [{ data: JSON.parse(DIRECTORY), version: VERSION }],
  '/admin/update-status': [{ buildSid: NEXT_BUILD }, building],
  '/admin/publish': [{ buildSid: NEXT_BUILD }, building],
  '/admin/discard': [{ buildSid: NEXT_BUILD }, building],
};

test('whatever Twilio answers instead of what it documents is told as a failure of Twilio', async () => {
  const process = new FunctionProcess({ directory: DIRECTORY });
  /** The call of this number is answered with garbage. */
  const broken = (number, reply, sound) => async (...call) => {
    if (number-- !== 0) return sound(...call);
    if (reply.failure !== undefined) throw new Error(reply.failure);
    return json(reply.body, reply.status, reply.headers);
  };
  let asked = 0;
  await holds(300, path, fc.nat({ max: 9 }), reply, async (path, number, reply) => {
    const [fields, lock] = WHOLE[path];
    process.twilio = broken(number, reply, twilio(lock?.()));
    // Whose token it is, is asked once for each.
    await mustAnswer(process, path, asSupervisor({ ...fields, Token: `${TOKEN} ${asked++}` }));
  });
  assert.equal(process.instances, 1);
});
