// Twilio's own helper library, unmodified, sets up Studio, TaskRouter and Serverless at the emulator.
// Only its transport is given: it sends to the emulator what is meant for https://X.twilio.com.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import twilio from 'twilio';

import { Emulator } from './emulator.mjs';

const { RequestClient } = twilio;
let emulator;
let client;
let workspace;

class Loopback extends RequestClient {
  request(options) {
    const uri = options.uri.replace(/^https:\/\/([a-z-]+)\.twilio\.com/, `${emulator.base}/$1`);
    return super.request({ ...options, uri });
  }
}

before(async () => {
  emulator = await Emulator.start();
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TASKROUTER_WORKSPACE_SID } = await emulator.env();
  client = twilio(TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, { httpClient: new Loopback() });
  workspace = client.taskrouter.v1.workspaces(TASKROUTER_WORKSPACE_SID);
});

after(() => emulator.stop());

test('a new Flex account has its Workspace, queue, Workflow and Task Channels', async () => {
  const [found] = await client.taskrouter.v1.workspaces.list();
  assert.equal(found.friendlyName, 'Flex Task Assignment');
  const [queue] = await workspace.taskQueues.list({ friendlyName: 'Everyone' });
  const [workflow] = await workspace.workflows.list({ friendlyName: 'Assign to Anyone' });
  assert.equal(JSON.parse(workflow.configuration).task_routing.default_filter.queue, queue.sid);
  assert.ok((await workspace.taskChannels.list()).some(({ uniqueName }) => uniqueName === 'voice'));
});

test('a Workflow keeps its configuration as it was written', async () => {
  const [workflow] = await workspace.workflows.list();
  const configuration = ` ${workflow.configuration}\n`;
  await workspace.workflows(workflow.sid).update({ configuration });
  assert.equal((await workspace.workflows(workflow.sid).fetch()).configuration, configuration);
});

test('all pages of the Workers of a queue are read, and a Worker goes away', async () => {
  const queue = await workspace.taskQueues.create({ friendlyName: 'Agents', targetWorkers: "roles HAS 'agent'" });
  const workers = await workspace.workers.list({ taskQueueSid: queue.sid, pageSize: 10 });
  assert.ok(workers.length > 20, `${workers.length}`);
  assert.ok(workers.every(({ attributes }) => JSON.parse(attributes).roles.includes('agent')));
  const [offline] = await workspace.activities.list({ friendlyName: 'Offline' });
  const away = await workspace.workers(workers[0].sid).update({ activitySid: offline.sid });
  assert.deepEqual([away.activityName, away.available], ['Offline', false]);
  assert.equal(await workspace.workers(workers[0].sid).remove(), true);
  await assert.rejects(workspace.workers(workers[0].sid).fetch(), { status: 404, code: 20404 });
});

test('a Flow is validated, made, changed and removed', async () => {
  const definition = {
    description: 'Says goodbye',
    states: [{ name: 'bye', type: 'say-play', transitions: [], properties: { say: 'Bye' } }],
    initial_state: 'bye',
    flags: { allow_concurrent_calls: true },
  };
  const flow = { friendlyName: 'Bye', status: 'published', definition };
  assert.equal((await client.studio.v2.flowValidate.update(flow)).valid, true);
  const lost = { ...flow, definition: { ...definition, initial_state: 'nowhere' } };
  await assert.rejects(client.studio.v2.flowValidate.update(lost), (error) => {
    assert.deepEqual([error.status, error.code], [400, 81022]);
    assert.equal(error.details.errors[0].property_path, '#/initial_state');
    return true;
  });
  const made = await client.studio.v2.flows.create(flow);
  assert.deepEqual(made.definition, definition);
  const changed = await client.studio.v2.flows(made.sid).update({ status: 'draft' });
  assert.deepEqual([changed.status, changed.revision], ['draft', 2]);
  assert.equal((await client.studio.v2.flows.list())[0].sid, made.sid);
  assert.equal(await client.studio.v2.flows(made.sid).remove(), true);
});

test('a Serverless Service gets an Environment with a domain', async () => {
  const service = await client.serverless.v1.services.create({ uniqueName: 'another', friendlyName: 'Another' });
  const environments = client.serverless.v1.services(service.sid).environments;
  const environment = await environments.create({ uniqueName: 'dev-environment', domainSuffix: 'dev' });
  assert.match(environment.domainName, /^another-\d+-dev\.twil\.io$/);
  assert.equal((await environments.list()).length, 1);
});
