import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { cardOf, drop, headlineOf, openBrowser, openPage, untilOpen } from './browser.ts';
import { smallPhoto } from './photos.ts';

const url = inject('url');
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => page.context().close());

/** Returns the violations that axe finds on the page as it is now. */
async function violations(): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** How many pixels of an element are beyond its right side. */
const overflowOf = ({ scrollWidth, clientWidth }: Element): number => scrollWidth - clientWidth;

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it.each([360, 1280])('at %i pixels axe finds nothing, and nothing is cut off', async (width) => {
    page = await openPage(browser, url, { colorScheme, viewport: { width, height: 740 } });
    expect(await violations()).toEqual([]);
    await drop(page, await smallPhoto('giraffe-pair.jpg'), {
      name: 'a-rather-long-name-of-a-file-that-is-no-photo-at-all.jpg',
      bytes: Buffer.from('x'),
    });
    await headlineOf(page, 'giraffe-pair.jpg');
    await page.getByText('This file cannot be used').first().waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Say where' }).click();
    await page.getByLabel('Or by country').selectOption('KE');
    expect(await violations()).toEqual([]);
    expect(await page.getByRole('dialog').evaluate(overflowOf)).toBe(0);
    await page.getByRole('button', { name: 'Use this place' }).click();
    await page.getByText('giraffes live in Kenya').waitFor();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    await page.getByLabel('What is it?').waitFor();
    expect(await violations()).toEqual([]);
    expect(await page.locator('html').evaluate(overflowOf)).toBe(0);
  });
});

it('asks nothing of other hosts, and its policy has nothing to object', async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  const hosts = new Set<string>();
  const said: string[] = [];
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  await page.goto(url);
  await untilOpen(page);
  await drop(page, await smallPhoto('cow.jpg'));
  await headlineOf(page, 'cow.jpg');
  hosts.delete('');
  expect([...hosts]).toEqual([new URL(url).host]);
  expect(said).toEqual([]);
});

/** Waits until the page, with this text in it, is kept for when there is no connection. */
async function untilKept(text = ''): Promise<void> {
  const isKept = (): Promise<boolean> =>
    page.evaluate(async (wanted) => {
      await navigator.serviceWorker.ready;
      const kept = await caches.match(location.href);
      const settings = await caches.match('./page.json');
      return settings !== undefined && (await kept?.text())?.includes(wanted) === true;
    }, text);
  await vi.waitUntil(isKept, { timeout: 120_000 });
}

it('opens without a connection once it was open', async () => {
  page = await openPage(browser, url);
  await untilKept();
  await page.context().setOffline(true);
  await page.reload();
  await untilOpen(page);
  await drop(page, await smallPhoto('cow.jpg'));
  expect(await headlineOf(page, 'cow.jpg')).toBe('No connection');
  await page.context().setOffline(false);
  await cardOf(page, 'cow.jpg')
    .getByText(/: a cow$/)
    .first()
    .waitFor();
});

it('is the new one after it has changed, although the old one is kept', async () => {
  page = await openPage(browser, url);
  await untilKept();
  await page.context().route(`${url}/`, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace('<body>', '<body><p>The new page</p>');
    await route.fulfill({ response, body });
  });
  await page.reload();
  await page.getByText('The new page').waitFor();
  await untilKept('The new page');
  await page.context().unroute(`${url}/`);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText('The new page').waitFor();
});
