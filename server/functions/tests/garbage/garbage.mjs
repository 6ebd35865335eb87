// Garbage to be generated: what strangers send, what a hand left in an asset or in the lock, what no Twilio says.
// Most of it is nearly right, because what is wholly wrong is refused at the door.

import fc from 'fast-check';
import { BUILD, item, NEXT_BUILD, NEXT_VERSION, TOKEN, VERSION } from './twilio.mjs';

/** Texts that somebody else's code may trip over. */
const oddText = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 8, arbitrary: fc.string() },
  { weight: 8, arbitrary: fc.constantFrom('\ud800', '\u0000', '\ufeff', '__proto__', 'null', '{', '%zz', '٠٠٧٧', '-0', '1e999') },
  { weight: 1, arbitrary: fc.constantFrom(300, 20_000, 62_000, 100_000).map((length) => 'x'.repeat(length)) },
);
const nested = fc.integer({ min: 1, max: 300 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)));
const number = fc.oneof(fc.integer(), fc.double(), fc.constantFrom(1e308, -0, 2 ** 63, 2 ** 64, Number.MAX_SAFE_INTEGER));
/** JSON of any shape. */
export const anyJson = fc.oneof(fc.jsonValue({ stringUnit: 'binary' }), oddText, number, nested);

/** The fields by their arbitraries: each is there, missing or anything at all. */
function nearly(fields) {
  const spoiled = Object.entries(fields).map(([name, value]) => [name, fc.oneof({ weight: 7, arbitrary: value }, anyJson)]);
  return fc.record(Object.fromEntries(spoiled), { requiredKeys: [] });
}

const sid = (prefix) => fc.constantFrom('0', 'a', 'F', 'g').map((digit) => prefix + digit.repeat(32));
const build = fc.oneof(fc.constantFrom(BUILD, NEXT_BUILD, NEXT_BUILD), sid('ZB'));
const version = fc.oneof(fc.constantFrom(VERSION, NEXT_VERSION), sid('ZN'));
const time = fc.constantFrom(
  new Date().toISOString(),
  '2026-01-01T00:00:00Z',
  '9999-12-30T22:00:00.999999999Z',
  '-009999-01-02T01:59:59Z',
  '1969-12-31T23:59:59.999999999Z',
  '2016-12-31T23:59:60Z',
  '2026-01-01T00:00:00+25:59',
  'now',
);
const digits = fc.stringMatching(/^[0-9]{0,12}$/);

const row = fc.oneof(
  { weight: 4, arbitrary: nearly({ extensionNumber: digits, workerSid: sid('WK'), workerFullName: oddText }) },
  anyJson,
);
export const rows = fc.oneof({ weight: 4, arbitrary: fc.array(row, { maxLength: 8 }) }, anyJson);

/** What may stand in a field that some endpoint reads. */
const FIELDS = {
  Token: fc.constantFrom(TOKEN, 'of a stranger', ''),
  agentExt: digits,
  buildSid: build,
  startedAt: time,
  version: fc.constantFrom(VERSION, null, ''),
  confirmedCount: fc.nat({ max: 9 }),
  data: rows,
};
const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
const asForm = (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)]));
const repeated = (fields) => Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, [value, value]]));
const fields = fc.tuple(nearly(FIELDS), fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, fc.dictionary(oddText, anyJson)));
const anyFields = fields.map(([known, others]) => ({ ...others, ...known }));

const headers = fc.oneof(
  {
    weight: 4,
    arbitrary: nearly({
      'content-type': fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'),
      'content-length': fc.constantFrom('0', '5', '-1', '18446744073709551616'),
      'x-twilio-signature': fc.base64String(),
      authorization: fc.constantFrom(`Bearer ${TOKEN}`, 'Bearer', 'Basic QUM6dA==', 'Basic =', ' '),
      origin: fc.constantFrom('https://flex.twilio.com', 'null', 'https://[::'),
      'x-forwarded-for': oddText,
    }),
  },
  fc.dictionary(oddText, anyJson),
);
const request = fc.oneof({ weight: 4, arbitrary: fc.record({ headers, cookies: fc.constant({}) }) }, anyJson);
const writings = fc.constantFrom((value) => value, asForm, repeated);

/** An event: fields of a query, a form or a JSON body, and the headers that came with them. */
export const event = fc
  .tuple(anyFields, writings, fc.option(request, { nil: undefined }))
  .map(([fields, written, request]) => ({ ...written(fields), ...(request === undefined ? {} : { request }) }));

/** An event that names its sender, so that it is not refused before it is read. */
export const eventOfASupervisor = anyFields.map((fields) => ({
  ...fields,
  Token: TOKEN,
  request: { headers: { 'content-type': 'application/json' } },
}));

/** The content of a private asset. */
export const directory = fc.oneof(
  { weight: 3, arbitrary: rows.map((rows) => JSON.stringify(rows)) },
  { weight: 1, arbitrary: rows.map((rows) => `\ufeff${JSON.stringify(rows)}`.slice(0, -1)) },
  fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
  fc.nat({ max: 100_000 }).map((depth) => '['.repeat(depth)),
);

const leftovers = nearly({
  abandonedVersions: fc.array(version, { maxLength: 40 }),
  redeployableBuilds: fc.array(build, { maxLength: 40 }),
  overtaken: nearly({ buildSid: sid('ZB'), byBuildSid: fc.constant(BUILD) }),
});
const publishing = nearly({
  startedBy: oddText,
  startedAt: time,
  baseBuildSid: build,
  buildSid: build,
  version: version,
  stage: fc.constantFrom('uploading', 'building', 'deploying', 'discarding', 'ended', 'of tomorrow'),
  updatedAt: time,
  rows: fc.nat(),
  id: oddText,
  leftovers,
});
/** A Map Item in the place of the publishing lock. */
export const lock = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.oneof(publishing, anyJson), oddText, time).map((parts) => item(...parts)) },
  anyJson,
);

const status = fc.constantFrom(200, 201, 204, 301, 304, 400, 401, 403, 404, 409, 412, 422, 429, 500, 503, 599);
const replyHeaders = fc.constantFrom({}, { 'retry-after': '18446744073709551615' }, { 'retry-after': '-1' }, { etag: '\u00ff' });
/** An answer of Twilio that is none: its status, its headers and its body; or no answer, with a reason. */
export const reply = fc.oneof(
  fc.record({ status, headers: replyHeaders, body: anyJson }),
  fc.record({ failure: oddText }),
);
