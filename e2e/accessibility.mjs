// What every person must be able to do in our view: axe's rules, the way of the focus, and nothing out of reach.
// Knows nothing of which screens there are.
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { picture, switchTheme } from './flex.mjs';

const ROOT = '.ade-root';

/** Axe finds nothing in our view, with no rule disabled. Flex's own markup is not ours. */
export async function expectNothingFound(page, screen) {
  const { violations } = await new AxeBuilder({ page }).include(ROOT).analyze();
  const found = violations.map(({ id, nodes }) => `${screen}: ${id}: ${nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  expect.soft(found).toEqual([]);
}

/** What small screens are like: a small laptop, and a common one at 200 %. */
const SMALL = [['1024x600', 1024, 600], ['at-200-percent', 640, 400]];

/** One screen in light and in dark: axe finds nothing, small screens lose nothing, and a picture is taken of each.
 *  `hold` keeps up what only stays while the pointer is on it. */
export async function expectForEverybody(page, screen, { hold = async () => {}, small = true } = {}) {
  const { width, height } = page.viewportSize();
  for (const theme of ['dark', 'light']) {
    await switchTheme(page, theme);
    await hold();
    await expectNothingFound(page, `${screen}-${theme}`);
    await picture(page, `${screen}-${theme}`);
    for (const [size, width, height] of small ? SMALL : []) {
      await page.setViewportSize({ width, height });
      await hold();
      await expectWithinReach(page, `${screen} ${size} ${theme}`);
      await picture(page, `${screen}-${size}-${theme}`);
    }
    await page.setViewportSize({ width, height });
    await hold();
  }
}

/** What has the focus: its name as a screen reader says it, whether it is ours, and whether the focus is seen on it. */
function focused(page) {
  return page.evaluate((root) => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const label = element.labels?.[0]?.textContent;
    return {
      name: element === document.body ? '' : (element.getAttribute('aria-label') ?? label ?? element.textContent ?? '').trim(),
      ours: element.closest(root) !== null,
      seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
      html: element.outerHTML.slice(0, 120),
    };
  }, ROOT);
}

/** Presses Tab until something with this name has the focus, and sees the focus on everything of ours on the way. */
export async function tabTo(page, name, { back = false } = {}) {
  const passed = [];
  for (let step = 0; step < 150; step += 1) {
    const at = await focused(page);
    if (at.ours && !at.seen) throw new Error(`the focus is not seen on ${at.html}`);
    if (name instanceof RegExp ? name.test(at.name) : at.name === name) return;
    passed.push(at.name);
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`Tab never came to ${name}; it passed ${passed.join(', ')}`);
}

/** The focus is on what has this name. */
export async function expectFocusOn(page, name) {
  await expect.poll(async () => (await focused(page)).name).toMatch(name);
}

/** Everything that can be used can be brought into view and is not covered, and nothing sticks out sideways. */
export async function expectWithinReach(page, screen) {
  const lost = await page.locator(ROOT).evaluate((root) => {
    const modal = root.querySelector('dialog[open]');
    const shown = [...(modal ?? root).querySelectorAll('button, input, select')].filter((one) => one.getClientRects().length > 0);
    const out = shown.filter((element) => {
      element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
      const box = element.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      return !(top && (element.contains(top) || top.contains(element)));
    });
    const wide = root.scrollWidth > root.clientWidth + 1 ? [`the view is ${root.scrollWidth - root.clientWidth} px too wide`] : [];
    const end = root.querySelector('.ade-body').getBoundingClientRect().bottom - root.getBoundingClientRect().top + root.scrollTop;
    const empty = root.scrollHeight - Math.max(end, root.clientHeight);
    const long = empty > 1 ? [`there are ${empty} px of nothing at the end of the view`] : [];
    return [...out.map((element) => element.outerHTML.slice(0, 160)), ...wide, ...long];
  });
  expect.soft(lost, screen).toEqual([]);
}
