// The server inside a Function: the WASM module with what it borrows from this process.
//
// Knows nothing of extensions. The module, and with it the index of the published directory, is made once per process,
// and again after a panic: what a panic leaves behind can not be used any more.

const fs = require('fs');

// A Function is stopped after 10 s; what hangs must fail before, so that the answer can say so. The server itself gives
// up earlier and says why; this is for what it does not come to do.
// https://www.twilio.com/docs/serverless/functions-assets/functions#limitations
const LONGEST_REQUEST = 9500;
const LONGEST_CALL = 8000;

const FAILED = {
  status: 500,
  code: 'internal',
  message: 'The Function could not answer. Its log in the Twilio Console says why: correct that and deploy again.',
};
const PANICKED = {
  status: 500,
  code: 'internal',
  message: 'The server failed while it worked on this. See what became of it, and try again; the log in the Twilio Console says why.',
};
const TOO_LATE = {
  status: 503,
  code: 'twilio-failed',
  message: 'This took longer than a Function may take. See what became of it, and try again in a moment.',
};

/** The module with a memory of its own, until a panic spoils that. */
let loaded;

function load() {
  const path = require.resolve(Runtime.getFunctions()['server-wasm'].path);
  // Node would give the one with the spoiled memory again, and keep it.
  delete require.cache[path];
  module.children = module.children.filter((child) => child.id !== path);
  return require(path);
}

/** One instance of the module, and the requests that it is working on. */
class Instance {
  #server;
  #broken = false;
  /** By request: how it is ended from outside, and when at the latest, in milliseconds since 1970. */
  #underway = new Map();

  constructor(context) {
    loaded ??= load();
    loaded.run = (task) => this.#run(task);
    try {
      this.#server = loaded.Server.start(this.#host(context));
    } catch (error) {
      // What it says itself is a text; anything else is a panic.
      if (typeof error !== 'string') loaded = undefined;
      throw error;
    }
  }

  get isBroken() {
    return this.#broken;
  }

  /** What the module borrows. Every request of a process has the same variables. */
  #host(context) {
    return {
      variable: (name) => (typeof context[name] === 'string' ? context[name] : undefined),
      privateAsset: (path) => {
        const asset = Runtime.getAssets()[path];
        return asset && fs.readFileSync(asset.path);
      },
      send: (method, url, headers, body) => send(method, url, headers, body, this.#timeForACall()),
      log: (level, line) => console[level](line),
    };
  }

  /** Nobody can say for which of the requests underway a call is made: it is given up with the last of them. */
  #timeForACall() {
    const ends = [...this.#underway.values()].map(({ end }) => end);
    return ends.length > 0 ? Math.min(LONGEST_CALL, Math.max(...ends) - Date.now()) : LONGEST_CALL;
  }

  /** What the module does, one step after the other. A panic ends a step by throwing, with all that it held still held. */
  #run(task) {
    if (this.#broken) return;
    try {
      task();
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error) {
    console.error(String(error));
    this.#broken = true;
    loaded = undefined;
    // Its memory is not to be freed by code that may panic again.
    this.#server?.__destroy_into_raw?.();
    for (const { fail } of this.#underway.values()) fail(PANICKED);
  }

  /** The module's answer; rejects with what is to be answered instead, or with what the module said. */
  answer(path, event) {
    const request = {};
    const text = JSON.stringify(event);
    let timer;
    const answering = new Promise((resolve, reject) => {
      this.#underway.set(request, { fail: reject, end: Date.now() + LONGEST_REQUEST });
      timer = setTimeout(() => reject(TOO_LATE), LONGEST_REQUEST);
      this.#run(() => this.#server.handle(path, text).then(resolve, reject));
    });
    return answering.finally(() => {
      clearTimeout(timer);
      this.#underway.delete(request);
    });
  }
}

let instance;

async function send(method, url, headers, body, time) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(new Error(`no answer within ${time} ms`)), time);
  try {
    const response = await fetch(url, {
      method,
      headers,
      // A copy: the module's memory may move before everything is sent.
      body: body.length > 0 ? Buffer.from(body) : undefined,
      redirect: 'manual',
      signal: giveUp.signal,
    });
    const content = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: [...response.headers], body: content };
  } catch (error) {
    throw `${error.message}${error.cause ? `: ${error.cause.message}` : ''}`;
  } finally {
    clearTimeout(timer);
  }
}

/** What a person reads where the server does not answer. Any page may read it: it holds nothing. */
function instead(response, { status, code, message }) {
  response.setStatusCode(status);
  response.appendHeader('Content-Type', 'application/json');
  response.appendHeader('Access-Control-Allow-Origin', '*');
  response.setBody({ code, message });
}

/** Answers `event` as the server answers `path`. Whatever happens, the process lives on and the caller gets JSON. */
exports.answer = async (path, context, event, callback) => {
  const response = new Twilio.Response();
  try {
    if (!instance || instance.isBroken) instance = new Instance(context);
    const answer = await instance.answer(path, event);
    response.setStatusCode(answer.status);
    for (const [name, value] of answer.headers) response.appendHeader(name, value);
    response.setBody(answer.body);
    answer.free();
  } catch (error) {
    if (error === PANICKED || error === TOO_LATE) {
      instead(response, error);
    } else {
      console.error(String(error));
      instead(response, FAILED);
    }
  }
  callback(null, response);
};
