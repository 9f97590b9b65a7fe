import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { cardOf, connect, drop, headlineOf, openBrowser, openPage, untilOpen } from './browser.ts';
import { startPhotoService } from './photo-service.ts';
import { heicPhoto, largePhoto, smallPhoto } from './photos.ts';

const url = inject('url');
const megabit = 125_000;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => page.context().close());

describe('a photo that cannot be used', () => {
  it.each([
    [
      'text named .jpg',
      { name: 'notes.jpg', bytes: Buffer.from('Dear diary, …') },
      'is not a photo',
    ],
    ['an empty file', { name: 'empty.jpg', bytes: Buffer.alloc(0) }, 'it has 0 bytes'],
    [
      'half a JPEG header',
      { name: 'half.jpg', bytes: Buffer.from('ffd8ffe000104a46', 'hex') },
      'damaged',
    ],
    [
      'a HEIC that is cut off',
      { name: 'cut.heic', bytes: Buffer.from('00000018667479706865696300000000', 'hex') },
      'damaged',
    ],
    [
      'a TIFF of 21 MB',
      { name: 'scan.tif', bytes: Buffer.from('II*\0'), zeros: 21_000_000 },
      'at most 20',
    ],
  ])('is said to be %s', async (_name, file, words) => {
    page = await openPage(browser, url);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && asked.push(request.url()));
    await drop(page, file);
    expect(await headlineOf(page, file.name)).toBe('This file cannot be used');
    expect(await cardOf(page, file.name).textContent()).toContain(words);
    expect(await cardOf(page, file.name).getByRole('button', { name: 'Try again' }).count()).toBe(
      0,
    );
    expect(asked).toEqual([]);
  });
});

it('a photo of 25 MB is made small and sent', async () => {
  const picture = await largePhoto('huge.jpg', { width: 2400, height: 1800 });
  const photo = { ...picture, zeros: 25_000_000 - picture.bytes.byteLength };
  page = await openPage(browser, url);
  const asked = page.waitForRequest((request) => request.url().includes('/predict/'));
  await drop(page, photo);
  expect(await headlineOf(page, 'huge.jpg')).not.toBe('');
  expect((await asked).postDataBuffer()?.byteLength).toBeLessThan(1_000_000);
  expect(await cardOf(page, 'huge.jpg').locator('.candidates, .note').count()).toBeGreaterThan(0);
});

it('at 1 Mbit/s progress is seen until the answer comes', async () => {
  page = await openPage(browser, url);
  await connect(page, megabit);
  await drop(page, await largePhoto('slow.jpg'));
  await page.getByText(/^Sending [1-9]\d? %/).waitFor();
  expect(await headlineOf(page, 'slow.jpg')).not.toBe('');
});

it('a photo is cancelled while it is sent', async () => {
  page = await openPage(browser, url);
  await connect(page, megabit / 4);
  const failed = page.waitForEvent('requestfailed', (request) => request.method() === 'PUT');
  await drop(page, await largePhoto('slow.jpg'));
  await page.getByText(/^Sending [1-9]/).waitFor();
  await page.getByRole('button', { name: 'Cancel slow.jpg' }).click();
  await failed;
  expect(await page.locator('.card').count()).toBe(0);
});

it('without a connection photos wait and are sent when it is back', async () => {
  page = await openPage(browser, url);
  await page.context().setOffline(true);
  await page.getByText('You are offline').waitFor();
  await drop(page, await smallPhoto('cow.jpg'));
  expect(await headlineOf(page, 'cow.jpg')).toBe('No connection');
  await page.context().setOffline(false);
  await cardOf(page, 'cow.jpg')
    .getByText(/: a cow$/)
    .first()
    .waitFor();
});

it('a server that dies in the middle of an upload is asked again', async () => {
  const service = await startPhotoService();
  const port = Number(new URL(service.url).port);
  page = await openPage(browser, service.url);
  await connect(page, megabit / 2);
  await drop(page, await largePhoto('cut.jpg'));
  await page.getByText(/^Sending [1-9]\d? %/).waitFor();
  await service.stop();
  // As it stops it still says so, if it can.
  expect(await headlineOf(page, 'cut.jpg')).toMatch(/^No (?:connection|answer just now)$/);
  const again = await startPhotoService({ port, directory: service.directory });
  await cardOf(page, 'cut.jpg').getByRole('button', { name: 'Try again' }).click();
  await cardOf(page, 'cut.jpg').locator('.answer').waitFor();
  await again.remove();
});

it('an upload whose URL is not valid any more gets another one by itself, once', async () => {
  page = await openPage(browser, url);
  const statuses: number[] = [];
  page.on('response', (response) => {
    if (response.request().method() === 'PUT') statuses.push(response.status());
  });
  let isFirst = true;
  await page.route('**/uploads', async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    if (isFirst) json.url = json.url.replace('X-Amz-Expires=900', 'X-Amz-Expires=1');
    isFirst = false;
    await route.fulfill({ response, json });
  });
  await drop(page, await largePhoto('late.jpg'));
  await cardOf(page, 'late.jpg').locator('.answer').waitFor();
  // The words of the card say when it is deleted.
  expect(await cardOf(page, 'late.jpg').textContent()).toContain('then deleted');
  expect(statuses).toEqual([403, 200]);
});

it('a service that is busy is asked again when it says', async () => {
  page = await openPage(browser, url);
  let refusals = 2;
  await page.route('**/predict/**', async (route) => {
    refusals -= 1;
    if (refusals < 0) return route.continue();
    return route.fulfill({
      status: 429,
      headers: { 'retry-after': '1' },
      json: { error: 'too many' },
    });
  });
  await drop(page, await smallPhoto('cow.jpg'));
  await page.getByText('The page tries again in').waitFor();
  await cardOf(page, 'cow.jpg').locator('.answer').waitFor();
});

it.each([
  [413, 'The photo is too large'],
  [415, 'This kind of file cannot be read'],
  [500, 'Something broke in the service'],
  [503, 'No answer just now'],
  [504, 'It took too long'],
])('the failure %i is said in words', async (status, words) => {
  page = await openPage(browser, url);
  await page.route('**/predict/**', (route) =>
    route.fulfill({ status, json: { error: 'image: not taken' } }),
  );
  await drop(page, await smallPhoto('cow.jpg'));
  expect(await headlineOf(page, 'cow.jpg')).toBe(words);
});

it('what was answered is still there on the way back, and belongs to its tab', async () => {
  page = await openPage(browser, url);
  await drop(page, await heicPhoto());
  const words = await headlineOf(page, 'IMG_0042.HEIC');
  const other = await page.context().newPage();
  await other.goto(url);
  await untilOpen(other);
  expect(await other.locator('.card').count()).toBe(0);
  await page.goto(`${url}/docs`);
  await page.goBack();
  expect(await headlineOf(page, 'IMG_0042.HEIC')).toBe(words);
  // It may be asked again, without its file.
  await page.getByLabel('In a zoo or a park').check();
  await page.locator('.answer:not(.old)').waitFor();
  expect(await headlineOf(page, 'IMG_0042.HEIC')).toBe(words);
});

it('a page of another origin gets no answer', async () => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Elsewhere</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  page = await (await browser.newContext()).newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const outcome = await page.evaluate(async (target) => {
    const ask = (path: string, body: string) =>
      fetch(target + path, { method: 'POST', body }).then(
        ({ status }) => status,
        ({ name }: Error) => name,
      );
    return [await ask('/predict/animal', '{"image":"AA=="}'), await ask('/labels', '{}')];
  }, url);
  expect(outcome).toEqual(['TypeError', 'TypeError']);
  server.close();
});
