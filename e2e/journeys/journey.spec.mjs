// The main job: an extension that a supervisor adds in the real Flex UI reaches a caller.
// Runs twice, with the page's own bundle of the plugin and with the one that the Flex CLI builds.
import { test as base } from '@playwright/test';
import { mainJourney } from '../main-journey.mjs';
import { startWorld } from '../world.mjs';

const test = base.extend({ bundle: [undefined, { option: true }] });

test('a supervisor adds, changes and removes an extension, and callers reach whom they should', async ({ browser, bundle }, { project }) => {
  const world = await startWorld({ demo: 120, bundle });
  try {
    await mainJourney(browser, world, { name: project.name });
  } finally {
    await world.stop();
  }
});
