// What a Function may answer: the statuses, and the shape of a body. Knows nothing of what was asked for.

import assert from 'node:assert/strict';

/** The statuses of every code of an error; `internal` is missing, because no caller may bring that about. */
const STATUSES = {
  'invalid-request': [400, 408],
  'not-signed-in': [401],
  'not-allowed': [403],
  'not-found': [404, 405],
  'unknown-build': [404],
  'version-conflict': [409],
  'publish-in-progress': [409],
  'publish-discarded': [409],
  'build-not-ready': [409],
  'too-large': [413],
  'invalid-directory': [422],
  'confirmation-required': [422],
  'twilio-failed': [502, 503],
  'twilio-busy': [503],
  busy: [503],
  'deployment-unclear': [504],
};

/** What a reply always has, by the path. */
const REPLIES = {
  '/agentExtensions': ['extension', 'found', 'workerFullName', 'workerSID', 'workerSid'],
  '/admin/list': ['data', 'publishing', 'rejected', 'rules', 'version', 'versionIsDeployed'],
  '/admin/update': ['buildSid', 'status', 'success', 'version'],
  '/admin/update-status': ['buildStatus', 'status', 'success'],
  '/admin/publish': ['deploymentSid', 'status', 'success'],
  '/admin/discard': ['alreadyLive', 'discarded', 'status', 'success'],
};

/** Every path that has a Function. */
export const PATHS = Object.keys(REPLIES);

/** Fails unless the module itself answered, and as it is documented. */
export function mustBeDocumented(path, { status, headers, body }) {
  // An object is what `server.private.js` says where the module panicked, refused or said nothing in time.
  assert.equal(typeof body, 'string', `the module did not answer: ${status} ${JSON.stringify(body)}`);
  assert.equal(headers['content-type'], 'application/json');
  const said = JSON.parse(body);
  if (status === 200) return assert.deepEqual(REPLIES[path].filter((name) => !(name in said)), [], body);
  assert.ok(STATUSES[said.code]?.includes(status), `${status} ${body}`);
  assert.match(said.message, /\S.*[.?)]$/s, body);
  assert.deepEqual(Object.keys(said).filter((name) => !['code', 'message', 'detail'].includes(name)), [], body);
}
