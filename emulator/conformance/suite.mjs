// What an application relies on, checked with one SDK package against one emulator.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';

import { Client, Events, about } from './client.mjs';
import { Emulator } from './emulator.mjs';

export function suite(packageName) {
  describe(packageName, () => {
    let emulator;
    const clients = [];

    before(async () => {
      emulator = await Emulator.start();
    });
    afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
    after(() => emulator.stop());

    const connect = async (login, options) => {
      const client = new Client(packageName, emulator.socketUri, await emulator.token(login), options);
      clients.push(client);
      return client.connected();
    };
    const pair = async (name) => {
      const [first, second] = await Promise.all([connect('SUPERVISOR'), connect('SUPERVISOR_2')]);
      const ann = await first.open(name);
      const bob = await second.open(name);
      return { first, second, ann, bob };
    };

    test('a token that was not issued here is denied, and a good one recovers', async () => {
      const client = new Client(packageName, emulator.socketUri, 'not.a.token');
      clients.push(client);
      const error = await client.events.find('connectionError');
      assert.equal(error.terminal, true);
      assert.equal(error.httpStatusCode, 401);
      await client.sync.updateToken(await emulator.token());
      await client.connected();
    });

    test('clients that race to create a Map end up with the same one', async () => {
      const racers = await Promise.all([connect('SUPERVISOR'), connect('SUPERVISOR_2'), connect('ADMIN')]);
      const maps = await Promise.all(racers.map((client) => client.sync.map('raced')));
      assert.equal(new Set(maps.map((map) => map.sid)).size, 1);
      assert.match(maps[0].sid, /^MP[0-9a-f]{32}$/);
      await assert.rejects(racers[0].sync.map({ id: 'raced', mode: 'create_new' }), { status: 409, code: 54301 });
      await assert.rejects(racers[0].sync.map({ id: 'none', mode: 'open_existing' }), { status: 404, code: 54300 });
    });

    test('what one client writes, the other sees; the writer sees it once, as its own', async () => {
      const { ann, bob } = await pair('crud');
      await ann.map.set('2000', { name: 'Ann' });
      const added = await bob.events.find('itemAdded', about('2000'));
      assert.deepEqual([added.item.data, added.isLocal], [{ name: 'Ann' }, false]);

      await bob.map.update('2000', { team: 'Sales' });
      const updated = await ann.events.find('itemUpdated', about('2000'));
      assert.deepEqual(updated.item.data, { name: 'Ann', team: 'Sales' });
      assert.deepEqual([updated.isLocal, updated.previousItemData], [false, { name: 'Ann' }]);

      await ann.map.remove('2000');
      const removed = await bob.events.find('itemRemoved', about('2000'));
      assert.deepEqual(removed.previousItemData, { name: 'Ann', team: 'Sales' });
      await assert.rejects(ann.map.get('2000'), { status: 404, code: 54201 });

      await bob.map.set('2000', { name: 'Bob' });
      await ann.events.until(() => ann.events.all.filter((event) => event.name === 'itemAdded').length === 2, 're-added');
      const own = ann.events.all.filter((event) => event.name === 'itemAdded' && event.detail.isLocal);
      assert.equal(own.length, 1);
    });

    test('keys and data of any script and sign arrive as they were written', async () => {
      const { ann, bob } = await pair('scripts');
      for (const key of ['a b/ü%?#&', '😀漢字', '0042', "it's (a) *key*!"]) {
        const data = { text: `${key}\r\n"\\\u0000`, nested: [{ null: null }] };
        await ann.map.set(key, data);
        assert.deepEqual((await bob.events.find('itemAdded', about(key))).item.data, data);
        await bob.map.remove(key);
        await ann.events.find('itemRemoved', about(key));
      }
    });

    test('of two clients that create the same key if it is absent, exactly one wins', async () => {
      const { ann, bob } = await pair('claims');
      const since = (await emulator.calls()).at(-1).seq;
      await emulator.order('delay', { method: 'PUT', path: '/Items/7777', times: 2, ms: 150 });
      const claim = (side, owner) =>
        side.map.mutate('7777', (data) => {
          if (data.owner) throw new Error(`taken by ${data.owner}`);
          return { owner };
        });
      const outcomes = await Promise.allSettled([claim(ann, 'ann'), claim(bob, 'bob')]);
      const won = outcomes.filter((outcome) => outcome.status === 'fulfilled');
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
      assert.deepEqual([won.length, lost.length], [1, 1]);
      assert.equal(lost[0].reason.message, `taken by ${won[0].value.data.owner}`);
      const writes = (await emulator.calls(since)).filter((call) => call.method === 'PUT');
      assert.deepEqual(writes.map((call) => call.status).sort(), [201, 412]);
    });

    test('increments that race through mutate are all counted', async () => {
      const { ann, bob } = await pair('counter');
      await ann.map.set('n', { n: 0 });
      const increment = (side) => side.map.mutate('n', ({ n }) => ({ n: n + 1 }));
      await Promise.all(Array.from({ length: 10 }, (_, i) => increment(i % 2 ? ann : bob)));
      const fresh = await (await connect('ADMIN')).sync.map('counter');
      assert.equal((await fresh.get('n')).data.n, 10);
    });

    test('250 Items are read page by page, forwards, backwards and from the middle', async () => {
      const { body: map } = await emulator.rest('POST', '/Maps', { UniqueName: 'paged' });
      const keys = Array.from({ length: 250 }, (_, i) => `k${String(i).padStart(3, '0')}`);
      for (const key of keys) {
        const { status } = await emulator.rest('POST', `/Maps/${map.sid}/Items`, { Key: key, Data: `{"key":"${key}"}` });
        assert.equal(status, 201);
      }
      const walk = async (options) => {
        // A client of its own for each walk: the SDK answers from its cache what it has seen.
        let page = await (await connect()).sync.map('paged').then((opened) => opened.getItems(options));
        const forwards = [page.items.map((item) => item.key)];
        assert.equal(page.hasPrevPage, options.from !== undefined);
        while (page.hasNextPage) {
          page = await page.nextPage();
          forwards.push(page.items.map((item) => item.key));
        }
        const backwards = [page.items.map((item) => item.key)];
        while (page.hasPrevPage) {
          page = await page.prevPage();
          backwards.unshift(page.items.map((item) => item.key));
        }
        return { forwards: forwards.flat(), backwards: backwards.flat(), pages: forwards.length };
      };
      const descending = [...keys].reverse();
      const all = await walk({ pageSize: 100 });
      assert.deepEqual([all.forwards, all.backwards, all.pages], [keys, keys, 3]);
      const down = await walk({ pageSize: 40, order: 'desc' });
      assert.deepEqual([down.forwards, down.backwards], [descending, descending]);
      const middle = await walk({ pageSize: 100, from: 'k120' });
      assert.deepEqual([middle.forwards, middle.backwards], [keys.slice(120), keys]);
      const downFrom = await walk({ pageSize: 100, from: 'k120', order: 'desc' });
      assert.deepEqual([downFrom.forwards, downFrom.backwards], [descending.slice(129), descending]);
    });

    test('the edge of a page in the middle does not hide what precedes it', async () => {
      const map = await (await connect()).sync.map('paged');
      await map.getItems({ from: 'k200', pageSize: 100 });
      assert.equal((await map.getItems({ pageSize: 10 })).items[0].key, 'k000');
    });

    test('after a drop a client is told of what it missed, and of nothing else', async () => {
      const { ann, bob, second } = await pair('missed');
      for (const key of ['kept', 'changed', 'gone']) await ann.map.set(key, { v: 1 });
      await bob.events.find('itemAdded', about('gone'));
      bob.events.clear();
      second.events.clear();

      await emulator.order('delay', { method: 'POST', path: '/v4/Subscriptions', times: 2, ms: 400 });
      const since = (await emulator.calls()).at(-1).seq;
      await emulator.order('drop-sockets');
      await second.events.find('connectionStateChanged', (state) => state !== 'connected');
      const items = `/Maps/${ann.map.sid}/Items`;
      await emulator.rest('POST', `${items}/changed`, { Data: '{"v":2}' });
      await emulator.rest('POST', `${items}/changed`, { Data: '{"v":3}' });
      await emulator.rest('DELETE', `${items}/gone`);
      await emulator.rest('POST', items, { Key: 'new', Data: '{"v":4}' });

      const added = await bob.events.find('itemAdded', about('new'));
      assert.deepEqual([added.item.data, added.isLocal], [{ v: 4 }, false]);
      assert.deepEqual((await bob.events.find('itemUpdated', about('changed'))).item.data, { v: 3 });
      await bob.events.find('itemRemoved', about('gone'));
      assert.equal(bob.events.all.some((event) => about('kept')(event.detail)), false);
      assert.equal(bob.events.all.length, 3, 'each change once, in its latest version');
      const order = (await emulator.calls(since)).map((call) => call.path);
      assert.ok(order.findLastIndex((path) => path.endsWith('/Items')) < order.findIndex((path) => path.endsWith('/v4/Subscriptions')));
    });

    test('a write that was queued while the connection was down is sent afterwards', async () => {
      const { first, ann, bob } = await pair('queued');
      first.events.clear();
      await emulator.order('drop-sockets');
      await first.events.find('connectionStateChanged', (state) => state !== 'connected');
      await ann.map.set('late', { v: 1 });
      await bob.events.find('itemAdded', about('late'));
    });

    test('kill -9 loses nothing, and events go on where they stopped', async () => {
      const { first, second, ann, bob } = await pair('durable');
      await ann.map.set('a', { v: 1 });
      await bob.events.find('itemAdded', about('a'));
      await ann.map.set('a', { v: 2 });
      await bob.events.find('itemUpdated', about('a'));
      bob.events.clear();
      await emulator.kill();
      await emulator.restart();
      await Promise.all([first.connected(), second.connected()]);
      await ann.map.set('a', { v: 3 });
      const updated = await bob.events.find('itemUpdated', about('a'));
      assert.deepEqual([updated.item.data, updated.previousItemData], [{ v: 3 }, { v: 2 }]);
      const fresh = await (await connect('ADMIN')).sync.map('durable');
      assert.equal(fresh.sid, ann.map.sid);
      assert.deepEqual((await fresh.get('a')).data, { v: 3 });
    });

    test('a token that is about to expire is renewed on the open connection', async () => {
      const client = await connect();
      client.events.clear();
      await emulator.order('token-about-to-expire');
      await client.events.find('tokenAboutToExpire');
      await client.sync.updateToken(await emulator.token());
      assert.equal(client.sync.connectionState, 'connected');
      assert.equal(client.events.all.some((event) => event.name === 'connectionStateChanged'), false);
    });

    test('a renewal with a token that does not count is refused', async () => {
      const client = await connect();
      const expired = (await emulator.env()).DEMO_TOKEN_EXPIRED;
      await assert.rejects(client.sync.updateToken(expired), { status: 400, code: 51130 });
      await client.sync.updateToken(await emulator.token());
      await client.connected();
    });

    test('a client whose token expired says so, and a new token brings it and its Maps back', async () => {
      const { first, ann, bob } = await pair('expiring');
      const renew = async () => first.sync.updateToken(await emulator.token('SUPERVISOR'));
      const renewed = new Promise((resolve, reject) => {
        first.sync.on('tokenExpired', () => renew().then(resolve, reject));
      });
      await emulator.order('expire-tokens', { identity: (await identities(emulator)).supervisor });
      await first.events.find('tokenExpired');
      await renewed;
      await first.connected();
      assert.equal(bob.map.sid, ann.map.sid);
      await bob.map.set('after', { v: 1 });
      await ann.events.find('itemAdded', about('after'));
    });

    test('the life of a token ends by itself: first a warning, then the end', async () => {
      const brief = await Emulator.start('--token-lifetime-s', '2');
      try {
        const client = new Client(packageName, brief.socketUri, await brief.token());
        clients.push(client);
        await client.events.find('tokenAboutToExpire');
        assert.equal(client.sync.connectionState, 'connected');
        await client.events.find('tokenExpired');
        const names = client.events.all.map((event) => event.name).filter((name) => name.startsWith('token'));
        assert.deepEqual(names, ['tokenAboutToExpire', 'tokenExpired']);
      } finally {
        await brief.stop();
      }
    });

    test('an Item whose TTL has passed is gone, and everybody is told', async () => {
      const { ann, bob } = await pair('mortal');
      await ann.map.set('brief', { v: 1 }, { ttl: 1 });
      await ann.map.set('spared', { v: 1 }, { ttl: 1 });
      await ann.map.setItemTtl('spared', 0);
      await ann.map.set('later', { v: 1 });
      await ann.map.setItemTtl('later', 1);
      for (const side of [ann, bob]) {
        await side.events.find('itemRemoved', about('brief'));
        await side.events.find('itemRemoved', about('later'));
      }
      assert.equal((await emulator.rest('GET', `/Maps/mortal/Items/brief`)).status, 404);
      assert.equal((await emulator.rest('GET', `/Maps/mortal/Items/spared`)).body.date_expires, null);
    });

    test('a Map whose TTL has passed is gone, and so is one that was removed', async () => {
      const { ann, bob } = await pair('short-lived');
      await ann.map.setTtl(1);
      await bob.events.find('removed');
      const again = await pair('short-lived');
      assert.notEqual(again.ann.map.sid, ann.map.sid);
      await again.ann.map.removeMap();
      await again.bob.events.find('removed');
    });

    test('what a backend writes by REST, a client sees, and the other way round', async () => {
      const { ann } = await pair('both');
      const items = `/Maps/both/Items`;
      const created = await emulator.rest('POST', items, { Key: '2001', Data: '{"by":"REST"}' });
      assert.equal(created.status, 201);
      const added = await ann.events.find('itemAdded', about('2001'));
      assert.deepEqual([added.item.data, added.isLocal], [{ by: 'REST' }, false]);

      await ann.map.set('2001', { by: 'SDK' });
      const { body: seen } = await emulator.rest('GET', `${items}/2001`);
      assert.deepEqual(seen.data, { by: 'SDK' });
      const stale = { 'If-Match': created.body.revision };
      assert.equal((await emulator.rest('POST', `${items}/2001`, { Data: '{}' }, stale)).body.code, 54205);
      assert.equal((await emulator.rest('DELETE', `${items}/2001`, undefined, { 'If-Match': seen.revision })).status, 204);
      await ann.events.find('itemRemoved', about('2001'));
    });

    test('data over 16 KiB and keys over 256 characters are refused, nothing is written', async () => {
      const { ann } = await pair('limits');
      await assert.rejects(ann.map.set('big', { text: 'x'.repeat(16 * 1024) }), { status: 413, code: 54006 });
      await ann.map.set('fits', { text: 'x'.repeat(16 * 1024 - '{"text":""}'.length) });
      await assert.rejects(ann.map.set('k'.repeat(257), {}), { status: 400, code: 54209 });
      const page = await (await connect('ADMIN')).sync.map('limits').then((map) => map.getItems());
      assert.deepEqual(page.items.map((item) => item.key), ['fits']);
    });

    test('a failure that was ordered reaches the application with its status and code', async () => {
      const { ann } = await pair('failing');
      await emulator.order('fail', { method: 'PUT', path: '/Items/x', times: 1, status: 429, code: 54009 });
      await assert.rejects(ann.map.set('x', {}), { status: 429, code: 54009 });
      await ann.map.set('x', { v: 1 });
    });

    test('a write whose reply is lost with the connection is done all the same', async () => {
      const { first, ann, bob } = await pair('lost');
      await emulator.order('lose', { method: 'PUT', path: '/Items/x', how: 'cut' });
      const writing = ann.map.set('x', { v: 1 }).catch((error) => error);
      await first.events.find('connectionStateChanged', (state) => state !== 'connected');
      assert.deepEqual((await bob.events.find('itemAdded', about('x'))).item.data, { v: 1 });
      await writing;
    });

    test('grants are kept apart: Flex Insights does not see the Maps of the default Service', async () => {
      const insights = await connect('SUPERVISOR', { productId: 'flex_insights' });
      await assert.rejects(insights.sync.map({ id: 'paged', mode: 'open_existing' }), { status: 404 });
      const { map } = await insights.open('paged');
      assert.equal((await map.getItems()).items.length, 0);
      const { sid } = await (await connect()).sync.map('paged');
      assert.notEqual(map.sid, sid);
    });

    test('Workers are found by a part of their name, and a wrong query is refused', async () => {
      const insights = await connect('SUPERVISOR', { productId: 'flex_insights' });
      const query = await insights.sync.instantQuery('tr-worker');
      let result = {};
      query.on('searchResult', (items) => {
        result = items;
      });
      await query.search('');
      const everybody = Object.values(result);
      assert.ok(everybody.length >= 35, `${everybody.length} Workers`);
      const wanted = everybody.find((worker) => /^[A-Za-z ]+$/.test(worker.attributes.full_name));
      const part = wanted.attributes.full_name.slice(1, -1).toUpperCase();
      await query.search(`data.attributes.full_name CONTAINS ${JSON.stringify(part)}`);
      assert.deepEqual(result[wanted.worker_sid], wanted);
      assert.ok(Object.keys(result).length < everybody.length);
      await query.search('data.attributes.full_name CONTAINS "nobody is called so"');
      assert.deepEqual(result, {});
      await assert.rejects(query.search('data.attributes.full_name LIKE "x"'), { status: 400, code: 54507 });
    });

    test('a live query tells of Workers that are created, changed and removed by REST', async () => {
      const insights = await connect('SUPERVISOR', { productId: 'flex_insights' });
      const query = await insights.sync.liveQuery('tr-worker', 'data.attributes.team == "Live"');
      const events = new Events(query, ['itemUpdated', 'itemRemoved']);
      assert.deepEqual(query.getItems(), {});

      const { sid } = await emulator.workers('POST', '', { FriendlyName: 'live', Attributes: '{"team":"Live"}' });
      const created = await events.find('itemUpdated', ({ key }) => key === sid);
      assert.equal(created.value.friendly_name, 'live');

      await emulator.workers('POST', `/${sid}`, { FriendlyName: 'renamed' });
      await events.find('itemUpdated', ({ key, value }) => key === sid && value.friendly_name === 'renamed');
      await emulator.workers('POST', `/${sid}`, { Attributes: '{"team":"Another"}' });
      await events.find('itemRemoved', ({ key }) => key === sid);
      events.clear();
      await emulator.workers('POST', `/${sid}`, { Attributes: '{"team":"Live"}' });
      await events.find('itemUpdated', ({ key }) => key === sid);
      assert.deepEqual(Object.keys(query.getItems()), [sid]);

      await emulator.workers('DELETE', `/${sid}`);
      await events.find('itemRemoved', ({ key }) => key === sid);
      assert.deepEqual(query.getItems(), {});
    });

    test('a live query catches up with what changed while its connection was lost', async () => {
      const insights = await connect('SUPERVISOR', { productId: 'flex_insights' });
      const stays = await emulator.workers('POST', '', { FriendlyName: 'stays', Attributes: '{"team":"Back"}' });
      const leaves = await emulator.workers('POST', '', { FriendlyName: 'leaves', Attributes: '{"team":"Back"}' });
      const query = await insights.sync.liveQuery('tr-worker', 'data.attributes.team == "Back"');
      const events = new Events(query, ['itemUpdated', 'itemRemoved']);
      assert.equal(Object.keys(query.getItems()).length, 2);
      insights.events.clear();
      await emulator.order('drop-sockets');
      await insights.events.find('connectionStateChanged', (state) => state !== 'connected');
      await emulator.workers('DELETE', `/${leaves.sid}`);
      const joins = await emulator.workers('POST', '', { FriendlyName: 'joins', Attributes: '{"team":"Back"}' });
      await events.find('itemUpdated', ({ key }) => key === joins.sid);
      await events.find('itemRemoved', ({ key }) => key === leaves.sid);
      assert.deepEqual(Object.keys(query.getItems()).sort(), [stays.sid, joins.sid].sort());
      assert.equal(events.all.some(({ detail }) => detail.key === stays.sid), false);
    });
  });
}

async function identities(emulator) {
  const response = await fetch(`${emulator.base}/host/login?as=supervisor`);
  return { supervisor: (await response.json()).identity };
}
