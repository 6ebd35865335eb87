// What the check must find, shown on samples that are right but for one thing.
// OPENAPI_DOCUMENTS names the folder of Twilio's documents.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Documents } from './documents.mjs';
import { Findings } from './findings.mjs';
import { broken } from './rules.mjs';

const documents = Documents.read(process.env.OPENAPI_DOCUMENTS);

const FORM = 'application/x-www-form-urlencoded';
const SERVICE = '/serverless/v1/Services/ZS00000000000000000000000000000000';

const flow = {
  sid: 'FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  account_sid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  author_sid: null,
  friendly_name: 'Main line',
  definition: { initial_state: 'Trigger' },
  status: 'published',
  revision: 1,
  commit_message: null,
  valid: true,
  errors: [],
  warnings: [],
  webhook_url: 'http://webhooks.twilio.com/v1/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  date_created: '2017-11-06T12:00:00Z',
  date_updated: null,
  url: 'https://studio.twilio.com/v2/Flows/FWaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  links: {},
};

/** A Flow is created, as it should be. */
const create = () => ({
  method: 'POST',
  path: '/studio/v2/Flows',
  query: {},
  content_type: FORM,
  user_agent: 'agent-did-extensions/0.1.0',
  body: { FriendlyName: 'Main line', Status: 'published', Definition: '{}' },
  status: 201,
  answer_type: 'application/json',
  answer: structuredClone(flow),
});

const meta = {
  first_page_url: 'https://studio.twilio.com/v2/Flows?PageSize=50&Page=0',
  key: 'flows',
  next_page_url: null,
  page: 0,
  page_size: 50,
  previous_page_url: null,
  url: 'https://studio.twilio.com/v2/Flows?PageSize=50&Page=0',
};

/** Flows are listed. */
const list = () => ({
  ...create(),
  method: 'GET',
  query: { PageSize: '50', Page: '0' },
  content_type: '',
  body: null,
  status: 200,
  answer: { flows: [structuredClone(flow), structuredClone(flow)], meta: { ...meta } },
});

/** A Build is asked for. */
const build = () => ({
  ...create(),
  path: `${SERVICE}/Builds`,
  body: { AssetVersions: ['ZN00000000000000000000000000000000', 'ZN00000000000000000000000000000001'] },
  status: 404,
  answer: { code: 20404, message: 'not found', more_info: '', status: 404 },
});

const changed = (sample, change) => {
  change(sample);
  return sample;
};

test('what is as the documents have it passes', () => {
  const single = changed(build(), ({ body }) => (body.AssetVersions = body.AssetVersions[0]));
  const removal = {
    ...list(),
    method: 'DELETE',
    path: `/studio/v2/Flows/${flow.sid}`,
    query: {},
    status: 204,
    answer: null,
  };
  for (const sample of [create(), list(), build(), single, removal]) assert.deepEqual(broken(documents, sample), []);
});

const hostile = [
  [create, (s) => (s.path = '/studio/v2/Flow'), 'no document has this path with this method'],
  [create, (s) => (s.path = '/studio/v3/Flows'), 'no document has this path with this method'],
  [create, (s) => (s.method = 'PUT'), 'no document has this path with this method'],
  [create, (s) => (s.body.Name = 'x'), 'the request at /body has what is unknown: Name'],
  [create, (s) => delete s.body.Status, 'the request at /body lacks Status'],
  [create, (s) => (s.body = null), 'the request at /body lacks Definition, FriendlyName, Status'],
  [
    create,
    (s) => (s.body.Status = 'live'),
    'the request at /body/Status must be equal to one of the allowed values: draft, published',
  ],
  [create, (s) => (s.body.FriendlyName = ['a', 'b']), 'the request at /body/FriendlyName must be string'],
  [create, (s) => (s.content_type = 'application/json'), `the request is application/json where it is ${FORM}`],
  [create, (s) => (s.query.PageSize = '5'), 'the request at /query has what is unknown: PageSize'],
  [
    build,
    (s) => (s.body.AssetVersions[1] = 'ZH00000000000000000000000000000000'),
    'the request at /body/AssetVersions/* must match pattern "^ZN[0-9a-fA-F]{32}$"',
  ],
  [list, (s) => (s.query.pageSize = '5'), 'the request at /query has what is unknown: pageSize'],
  [list, (s) => (s.query.PageSize = '1001'), 'the request at /query/PageSize must be <= 1000'],
  [list, (s) => (s.query.PageSize = 'all'), 'the request at /query/PageSize must be integer'],
  [list, (s) => (s.body = {}), 'the request has a body where there is none'],
  [create, (s) => (s.status = 200), 'the answer is 200 where it is 201'],
  [create, (s) => (s.answer_type = 'text/html'), 'the answer is text/html, not JSON'],
  [create, (s) => (s.answer = null), 'the answer must be object'],
  [create, (s) => delete s.answer.url, 'the answer lacks url'],
  [create, (s) => (s.answer.name = 'x'), 'the answer has what is unknown: name'],
  [create, (s) => (s.answer.revision = '1'), 'the answer at /revision must be integer'],
  [
    create,
    (s) => (s.answer.status = 'live'),
    'the answer at /status must be equal to one of the allowed values: draft, published',
  ],
  [create, (s) => (s.answer.date_created = 'today'), 'the answer at /date_created must match format "date-time"'],
  [create, (s) => (s.answer.url = '/v2/Flows'), 'the answer at /url must match format "uri"'],
  [list, (s) => s.answer.flows.forEach((row) => delete row.valid), 'the answer at /flows/* lacks valid'],
  [list, (s) => delete s.answer.meta, 'the answer lacks meta'],
  [build, (s) => delete s.answer.code, 'the answer is no error as Twilio writes them'],
];

for (const [sample, change, sentence] of hostile) {
  test(`${sample.name} where ${change.toString().slice(7)}: ${sentence}`, () => {
    assert.deepEqual(broken(documents, changed(sample(), change)), [sentence]);
  });
}

test('a path that is not percent-encoded is looked at all the same', () => {
  const wrong = changed(list(), (s) => Object.assign(s, { method: 'DELETE', path: '/studio/v2/Flows/%zz', query: {} }));
  assert.match(broken(documents, wrong)[0], /^the request at \/path\/Sid must/);
});

test('others than the server may send what is refused', () => {
  const wrong = { ...build(), body: { Name: 'x' } };
  assert.deepEqual(broken(documents, wrong), ['the request at /body has what is unknown: Name']);
  assert.deepEqual(broken(documents, { ...wrong, user_agent: '' }), []);
  const taken = changed(create(), (s) => (Object.assign(s, { user_agent: '' }).body.Name = 'x'));
  assert.deepEqual(broken(documents, taken), ['the request at /body has what is unknown: Name']);
});

test('a mistake is told once, with the first request and answer, unless it is an exception', () => {
  const wrong = changed(create(), (s) => (s.body.Name = 'x'));
  const says = 'the request at /body has what is unknown: Name';
  const found = (differences) => {
    const findings = new Findings(documents, [], differences);
    [wrong, wrong, create()].forEach((sample) => findings.look(sample));
    return findings.mistakes;
  };
  const [mistake, ...more] = found([]);
  assert.deepEqual(more, []);
  assert.ok(mistake.startsWith(`POST /studio/v2/Flows: ${says} (2 times)`), mistake);
  assert.ok(mistake.includes('"Name":"x"') && mistake.includes('answered: 201'), mistake);
  assert.deepEqual(found([{ operation: 'POST /studio/v2/Flows', says }]), []);
});

test('of all samples together one must need each exception, and one must be of the server', () => {
  const findings = new Findings(documents, [{ path: /^\/nowhere/ }], []);
  findings.look({ ...create(), user_agent: '' });
  assert.deepEqual(findings.mistakes, []);
  assert.deepEqual(findings.missing, [
    'no sample needs the exception /^\\/nowhere/',
    'there is no sample of the server: its requests were not checked',
  ]);
});
