// Boots the real Flex UI for one of the demo people: `?as=supervisor|supervisor2|admin|agent`, `?theme=light|dark`.
// It knows nothing of the plugin: Flex finds that in its own plugin list, as it does at Twilio.
import { redirectTwilio } from '/redirect.js';

const FLEX_LOGIN = 'TWILIO_FLEX_SSO';

/** What the address asks for, else what this tab was asked for before: deep links and reloads keep the login. */
function choice(name, fallback) {
  const asked = new URLSearchParams(window.location.search).get(name);
  return asked ?? sessionStorage.getItem(`host.${name}`) ?? fallback;
}

function remember(choices) {
  for (const [name, value] of Object.entries(choices)) sessionStorage.setItem(`host.${name}`, value);
}

async function fetchJson(address, whatToDo) {
  let response;
  try {
    response = await fetch(address);
  } catch {
    throw new Error(`No answer from ${address}. ${whatToDo}`);
  }
  if (!response.ok) throw new Error(`${address} answered ${response.status}. ${whatToDo}`);
  return response.json();
}

function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${source} could not be loaded. Run "cargo xtask start" again: it builds what is missing.`));
    document.head.append(script);
  });
}

/** Flex reads its login from localStorage and else from sessionStorage; the latter lets two tabs be two people. */
function signIn({ accountSid, ...login }) {
  localStorage.removeItem(FLEX_LOGIN);
  sessionStorage.setItem(FLEX_LOGIN, JSON.stringify(login));
  return accountSid;
}

async function start() {
  const as = choice('as', 'supervisor');
  const theme = choice('theme', 'light');
  const { emulator, flexUi } = await fetchJson('/host.json', 'Start everything with "cargo xtask start".');
  const login = await fetchJson(
    `${emulator}/host/login?as=${encodeURIComponent(as)}`,
    'Is the emulator running, and is "as" one of supervisor, supervisor2, admin, agent?',
  );
  remember({ as, theme });
  redirectTwilio(emulator);
  const accountSid = signIn(login);
  window.appConfig = {
    pluginService: { enabled: true },
    sso: { accountSid },
    logLevel: 'error',
    // No telemetry and no phone in a demo.
    disableTelemetry: true,
    disableBrowserVoice: true,
    theme: { isLight: theme !== 'dark' },
  };
  await loadScript(flexUi);
  await window.Twilio.Flex.runDefault(window.appConfig, '#container');
}

start().catch((error) => {
  const message = document.createElement('p');
  message.setAttribute('role', 'alert');
  message.textContent = `Twilio Flex could not start. ${error.message ?? error}`;
  document.querySelector('#container').replaceChildren(message);
  console.error(error);
});
