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

const measured = 'ten-thousand.spec.mjs';

export default defineConfig({
  testDir: './journeys',
  outputDir: '../target/e2e/results',
  // A journey waits about half of its time, so that two of them share two cores well.
  workers: 2,
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
    screenshot: 'only-on-failure',
    // A trace takes as much of a processor as the Flex UI does. `TRACE=retain-on-failure` keeps those of what fails.
    trace: process.env.TRACE ?? 'on-first-retry',
  },
  projects: [
    { name: 'page', testIgnore: measured, use: { bundle: undefined } },
    {
      name: 'flex-cli-bundle',
      testMatch: ['journey.spec.mjs', 'settings.spec.mjs'],
      use: { bundle: '../plugin/build/agent-did-extensions.js' },
    },
    // What it measures is measured with nothing beside it.
    { name: 'alone', testMatch: measured, dependencies: ['page', 'flex-cli-bundle'], use: { bundle: undefined } },
  ],
});
