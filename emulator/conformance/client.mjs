// The SDK as an application uses it, plus a memory of its events, so that a test can wait for one without a race.
// Knows nothing of what the events mean.

import { createRequire } from 'node:module';

const PATIENCE = 15_000;
const require = createRequire(import.meta.url);

/** What an emitter has said so far, and what it will say. */
export class Events {
  #seen = [];
  #waiting = new Set();

  constructor(emitter, names) {
    for (const name of names) {
      emitter.on(name, (detail) => {
        this.#seen.push({ name, detail });
        for (const check of this.#waiting) check();
      });
    }
  }

  get all() {
    return [...this.#seen];
  }

  /** Forgets what was said. */
  clear() {
    this.#seen = [];
  }

  /** The first event, past or future, of that name that the test accepts. */
  async find(name, accept = () => true) {
    const found = () => this.#seen.find((event) => event.name === name && accept(event.detail));
    return this.until(found, `${name} was not seen`).then((event) => event.detail);
  }

  /** Waits until `probe` answers something that is true; it is asked again after every event. */
  until(probe, complaint) {
    return new Promise((resolve, reject) => {
      const check = () => {
        const answer = probe();
        if (!answer) return false;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve(answer);
        return true;
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`${complaint}; seen: ${this.#seen.map((event) => event.name).join(', ') || 'nothing'}`));
      }, PATIENCE);
      if (!check()) this.#waiting.add(check);
    });
  }
}

const CLIENT_EVENTS = ['connectionStateChanged', 'connectionError', 'tokenAboutToExpire', 'tokenExpired'];
const MAP_EVENTS = ['itemAdded', 'itemUpdated', 'itemRemoved', 'removed'];

/** A client of one of the SDK's packages. */
export class Client {
  constructor(packageName, uri, token, options = {}) {
    const { SyncClient } = require(packageName);
    // Reconnecting fast is a public option of the SDK; everything else is as it is shipped.
    const retryPolicy = { min: 40, max: 200, randomness: 0 };
    this.sync = new SyncClient(token, { twilsock: { uri }, retryPolicy, ...options });
    this.events = new Events(this.sync, CLIENT_EVENTS);
  }

  async connected() {
    await this.events.until(() => this.sync.connectionState === 'connected', 'the client did not connect');
    return this;
  }

  /** Opens a Map and remembers its events. */
  async open(nameOrOptions) {
    const map = await this.sync.map(nameOrOptions);
    return { map, events: new Events(map, MAP_EVENTS) };
  }

  async close() {
    if (this.sync.connectionState === 'connected') await this.sync.shutdown();
  }
}

/** Whether an event is about this key. */
export const about = (key) => (detail) => (detail.item?.key ?? detail.key) === key;
