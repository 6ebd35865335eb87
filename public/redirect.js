// Sends what the page would ask of Twilio to the emulator: fetch, XMLHttpRequest, WebSocket, beacons and style sheets.
// It knows only how addresses are mapped, nothing of what is asked.

/** A WAV file with a few samples of nothing. */
const SILENCE = `data:audio/wav;base64,${btoa(
  'RIFF,\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\b\0data\b\0\0\0\x80\x80\x80\x80\x80\x80\x80\x80',
)}`;

/**
 * The address at the emulator for an address at Twilio; any other address stays as it is.
 * `https://X.twilio.com/p` becomes `{emulator}/X/p`, `https://<domain>.twil.io/p` becomes `{emulator}/twil.io/<domain>.twil.io/p`.
 */
export function atEmulator(address, emulator) {
  const url = new URL(address, document.baseURI);
  const base = new URL(emulator);
  const host = url.hostname;
  let prefix;
  if (host.endsWith('.twilio.com')) prefix = host.slice(0, -'.twilio.com'.length);
  else if (host.endsWith('.twil.io')) prefix = `twil.io/${host}`;
  else return String(address);
  const secure = base.protocol === 'https:' ? 's' : '';
  const scheme = url.protocol.startsWith('ws') ? `ws${secure}:` : base.protocol;
  return `${scheme}//${base.host}/${prefix}${url.pathname}${url.search}`;
}

/** Redirects everything the page asks from now on. */
export function redirectTwilio(emulator) {
  const map = (address) => atEmulator(address, emulator);
  redirectFetch(map);

  const open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    return open.call(this, method, map(address), ...rest);
  };

  const { WebSocket, navigator } = window;
  window.WebSocket = class extends WebSocket {
    constructor(address, protocols) {
      super(map(address), protocols);
    }
  };

  const href = Object.getOwnPropertyDescriptor(HTMLLinkElement.prototype, 'href');
  Object.defineProperty(HTMLLinkElement.prototype, 'href', {
    ...href,
    set(address) {
      href.set.call(this, map(address));
    },
  });
  // Sounds come from a host that no phone here would use: there is none.
  const source = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src');
  Object.defineProperty(HTMLMediaElement.prototype, 'src', {
    ...source,
    set(address) {
      source.set.call(this, /\.twilio(cdn)?\.com\//.test(address) ? SILENCE : address);
    },
  });

  window.Audio = function (address) {
    const audio = document.createElement('audio');
    if (address) audio.src = address;
    return audio;
  };

  const sendBeacon = navigator.sendBeacon.bind(navigator);
  navigator.sendBeacon = (address, data) => sendBeacon(map(address), data);
}

function redirectFetch(map) {
  const { fetch } = window;
  window.fetch = async (input, init) => {
    if (!(input instanceof Request)) return fetch(map(input), init);
    const address = map(input.url);
    if (address === input.url) return fetch(input, init);
    // A Request cannot change its address, and its body is a stream that HTTP/1.1 cannot upload: read it first.
    const { method, headers, credentials, signal } = input;
    const body = method === 'GET' || method === 'HEAD' ? undefined : await input.arrayBuffer();
    return fetch(address, { method, headers, credentials, signal, body, ...init });
  };
}
