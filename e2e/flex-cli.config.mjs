// How it is tested that the official Twilio CLI works: as the browser journeys are run, with tests of its own.
import journeys from './playwright.config.mjs';

export default {
  ...journeys,
  testDir: './flex-cli',
  outputDir: '../target/e2e/flex-cli',
  // Each test goes on with what the one before has deployed.
  workers: 1,
  projects: [{ name: 'deployed' }],
};
