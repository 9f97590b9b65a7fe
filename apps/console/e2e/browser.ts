import axe from 'axe-core';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { chromiumPath } from './env.ts';
import type { RunningConsole } from './service.ts';

/** Opens the browser. As root it runs without its sandbox, which needs another user. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    chromiumSandbox: process.getuid?.() !== 0,
  });
}

/** Opens the console in a profile of its own, and waits until it is there. */
export async function openConsolePage(
  browser: Browser,
  running: RunningConsole,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context: BrowserContext = await browser.newContext(options);
  const page = await context.newPage();
  // As long as a busy machine may take.
  page.setDefaultTimeout(120_000);
  await page.goto(await running.another());
  await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
  return page;
}

/** Returns what axe finds wrong with a page, by its rules' names. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // The page's policy lets no script in that is not its own.
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axe.source });
  const { result } = await session.send('Runtime.evaluate', {
    expression:
      'axe.run().then(({ violations }) => JSON.stringify(violations.map(({ id, nodes }) => id + ": " + nodes.map((n) => n.html).join(" | "))))',
    awaitPromise: true,
    returnByValue: true,
  });
  return JSON.parse(String(result.value));
}
