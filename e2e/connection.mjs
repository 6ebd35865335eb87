// The connection between one browser and Twilio's realtime service, to be cut and restored.
// Knows nothing of what travels in it, except for a text that a test waits for.

/** Takes the page's sockets in hand. To be called before the page is opened. */
export async function switchboard(page) {
  const open = new Set();
  let connected = true;
  let before = null;
  const cut = () => {
    connected = false;
    for (const socket of open) socket.close({ code: 4000, reason: 'cut by a test' });
    open.clear();
  };
  await page.routeWebSocket(/wsconnect/, (socket) => {
    if (!connected) return socket.close({ code: 4000, reason: 'cut by a test' });
    const server = socket.connectToServer();
    open.add(socket);
    socket.onMessage((message) => {
      if (before?.test(String(message))) cut();
      if (connected) server.send(message);
    });
  });
  return {
    cut,
    /** Cuts the connection in place of sending the first message that matches. */
    cutBefore: (pattern) => {
      before = pattern;
    },
    restore: () => {
      connected = true;
      before = null;
    },
  };
}
