// How the browser journeys are run. What they prove stands in journeys/.
import { defineConfig } from '@playwright/test';

// A headless Chromium that needs no display, no sandbox helper and no network of its own.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export default defineConfig({
  testDir: './journeys',
  outputDir: '../target/e2e/results',
  // The machine has two cores and every journey boots the whole Flex UI.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  forbidOnly: true,
  // A shared CI machine may stall for longer than any patience; what needed a second run is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    launchOptions: { executablePath: process.env.CHROMIUM, args },
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'page', use: { bundle: undefined } },
    {
      name: 'flex-cli-bundle',
      testMatch: ['journey.spec.mjs', 'settings.spec.mjs'],
      use: { bundle: '../plugin/build/agent-did-extensions.js' },
    },
  ],
});
