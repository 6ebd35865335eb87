// The server inside a Function: the WASM module with what it borrows from this process.
//
// Knows nothing of extensions. The module, and with it the index of the published directory, is made once per process.

const fs = require('fs');

// A Function is stopped after 10 s; a call that hangs must fail before, so that the answer can say so.
const LONGEST_CALL = 8000;

let server;

/** What the module borrows. Every request of a process has the same variables. */
function hostOf(context) {
  return {
    variable: (name) => (typeof context[name] === 'string' ? context[name] : undefined),
    privateAsset: (path) => {
      const asset = Runtime.getAssets()[path];
      return asset && fs.readFileSync(asset.path);
    },
    send,
    log: (level, line) => console[level](line),
  };
}

async function send(method, url, headers, body) {
  try {
    const response = await fetch(url, {
      method,
      headers,
      // A copy: the module's memory may move before everything is sent.
      body: body.length > 0 ? Buffer.from(body) : undefined,
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_CALL),
    });
    const content = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: [...response.headers], body: content };
  } catch (error) {
    throw `${error.message}${error.cause ? `: ${error.cause.message}` : ''}`;
  }
}

function start(context) {
  const { Server } = require(Runtime.getFunctions()['server-wasm'].path);
  return Server.start(hostOf(context));
}

/** What a person reads where there is no server to answer. Any page may read it: it holds nothing. */
function failed(response) {
  response.setStatusCode(500);
  response.appendHeader('Content-Type', 'application/json');
  response.appendHeader('Access-Control-Allow-Origin', '*');
  response.setBody({
    code: 'internal',
    message: 'The Function could not answer. Its log in the Twilio Console says why: correct that and deploy again.',
  });
}

/** Answers `event` as the server answers `path`. Whatever happens, the process lives on and the caller gets JSON. */
exports.answer = async (path, context, event, callback) => {
  const response = new Twilio.Response();
  try {
    server ??= start(context);
    const answer = await server.handle(path, JSON.stringify(event));
    response.setStatusCode(answer.status);
    for (const [name, value] of answer.headers) response.appendHeader(name, value);
    response.setBody(answer.body);
    answer.free();
  } catch (error) {
    console.error(String(error));
    failed(response);
  }
  callback(null, response);
};
