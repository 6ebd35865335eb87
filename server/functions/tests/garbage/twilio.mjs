// A Twilio as small as can be, in the place of `fetch`: one Build with a private directory is live, another one may be
// deployed, and whoever comes with the right token is a supervisor. Of what is written only the lock is kept.
// The emulator answers as Twilio does; here single answers are to be garbage.

import { ENVIRONMENT } from './function-process.mjs';

const sid = (prefix, n) => prefix + String(n).padStart(32, '0');

/** How the tokens of a supervisor begin. */
export const TOKEN = 'of a supervisor';
/** The Build that is live, and its version of the directory. */
export const BUILD = sid('ZB', 1);
export const VERSION = sid('ZN', 1);
/** The Build that a publish makes, and its version of the directory. */
export const NEXT_BUILD = sid('ZB', 2);
export const NEXT_VERSION = sid('ZN', 2);

const environment = { sid: ENVIRONMENT, build_sid: BUILD, domain_name: 'did-1234-dev.twil.io' };
const asset = { sid: VERSION, asset_sid: sid('ZH', 1), path: '/extensions.json', visibility: 'private' };
const build = {
  sid: BUILD,
  status: 'completed',
  asset_versions: [asset],
  function_versions: [],
  dependencies: [],
  runtime: 'node22',
  date_created: '2026-01-01T00:00:00Z',
};
const next = { ...build, sid: NEXT_BUILD, asset_versions: [{ ...asset, sid: NEXT_VERSION }] };
const meta = { next_page_url: null };
const supervisor = { valid: true, expiration: null, realm_user_id: 'ann', identity: 'ann', roles: ['supervisor'] };

/** By method and path: the answer, made from the request's body. */
const ANSWERS = [
  ['GET', /\/Environments$/, () => ({ environments: [environment], meta })],
  ['GET', /\/Environments\/ZE\w+$/, () => environment],
  ['GET', /\/Deployments$/, () => ({ deployments: [], meta })],
  ['POST', /\/Deployments$/, () => ({ sid: sid('ZD', 1) })],
  ['GET', /\/Builds$/, () => ({ builds: [build], meta })],
  ['POST', /\/Builds$/, () => ({ sid: NEXT_BUILD })],
  ['GET', new RegExp(`/Builds/${BUILD}$`), () => build],
  ['GET', new RegExp(`/Builds/${NEXT_BUILD}$`), () => next],
  ['GET', /\/Builds\/ZB\w+\/Status$/, () => ({ status: 'completed' })],
  ['GET', /\/Assets$/, () => ({ assets: [{ sid: asset.asset_sid, friendly_name: asset.path }], meta })],
  ['POST', /\/Versions$/, () => ({ sid: NEXT_VERSION })],
  ['POST', /\/Tokens\/validate$/, (body) => (JSON.parse(body).token.startsWith(TOKEN) ? supervisor : { valid: false })],
];

/** A Map Item that holds `data`. */
export function item(data, revision = '0', date_updated = '2026-01-01T00:00:00Z') {
  return { key: 'publishing', revision, data, date_updated };
}

/** The lock of a publish that made its Build just now. */
export function building() {
  const startedAt = new Date().toISOString();
  const publish = { baseBuildSid: BUILD, buildSid: NEXT_BUILD, version: NEXT_VERSION, stage: 'building', rows: 1 };
  return item({ startedBy: 'ann', startedAt, updatedAt: startedAt, ...publish }, '0', startedAt);
}

/** The answers of this Twilio. `lock` is the Map Item that says who publishes; without one nobody does. */
export function twilio(lock) {
  let there = lock;
  const locked = (method, isList, body) => {
    if (isList ? there : !there) return json({}, isList ? 409 : 404);
    if (method === 'POST') there = item(JSON.parse(new URLSearchParams(String(body)).get('Data')));
    if (method === 'DELETE') there = undefined;
    return json(there, method === 'DELETE' ? 204 : 200);
  };
  return async (url, { method, body }) => {
    const { pathname } = new URL(url);
    if (/\/Items(\/publishing)?$/.test(pathname)) return locked(method, pathname.endsWith('/Items'), body);
    const [, , answer] = ANSWERS.find(([asked, path]) => asked === method && path.test(pathname)) ?? [];
    return answer ? json(answer(String(body))) : json({}, method === 'DELETE' ? 204 : 404);
  };
}

/** An answer as `fetch` gives it. */
export function json(value, status = 200, headers = {}) {
  return new globalThis.Response(status === 204 ? null : JSON.stringify(value), { status, headers });
}
