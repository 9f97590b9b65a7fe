import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { cardOf, drop, headlineOf, openBrowser, openPage } from './browser.ts';
import { heicPhoto, smallPhoto } from './photos.ts';

const url = inject('url');
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(() => page.context().close());

/** Changes the prediction of every answer. */
async function answerWith(changes: Record<string, unknown>): Promise<void> {
  await page.route('**/predict/**', async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    Object.assign(json.predictions[0], changes);
    await route.fulfill({ response, json });
  });
}

/** The bodies of the questions that are asked from now on. */
function questions(): Record<string, unknown>[] {
  const bodies: Record<string, unknown>[] = [];
  page.on('request', (request: Request) => {
    if (request.url().includes('/predict/')) bodies.push(request.postDataJSON());
  });
  return bodies;
}

describe('a photo', () => {
  it('that is dropped is answered in words before numbers, and said aloud once', async () => {
    page = await openPage(browser, url);
    await drop(page, await smallPhoto('dog-shepherd.jpg', 'shep.jpg'));
    expect(await headlineOf(page, 'shep.jpg')).toMatch(/: a dog$/);
    const card = cardOf(page, 'shep.jpg');
    expect(await card.locator('.candidates li').allTextContents()).toHaveLength(5);
    expect(await card.locator('.candidates li').first().textContent()).toMatch(/^dog(> )?\d\d %/);
    expect(await card.getByRole('status').textContent()).toMatch(/^shep\.jpg: .*: a dog$/);
  });

  it('that is chosen with the keyboard alone is answered too', async () => {
    page = await openPage(browser, url);
    // Asked for first: it takes the browser a moment to hand its choosers over.
    const choosing = page.waitForEvent('filechooser');
    const choose = page.getByRole('button', { name: 'Choose photos' });
    await page.keyboard.press('Tab');
    expect(await choose.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    const chooser = await choosing;
    const { name, bytes } = await smallPhoto('sheep.jpg');
    await chooser.setFiles({ name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) });
    expect(await headlineOf(page, 'sheep.jpg')).toMatch(/: a sheep$/);
  });

  it('that is pasted is answered too', async () => {
    page = await openPage(browser, url);
    const { bytes } = await smallPhoto('cow.jpg');
    await page.evaluate((base64) => {
      const clipboardData = new DataTransfer();
      const given = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      clipboardData.items.add(new File([given], 'image.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData }));
    }, Buffer.from(bytes).toString('base64'));
    expect(await headlineOf(page, 'image.png')).toMatch(/: a cow$/);
  });

  it('is one of several that are answered each on its own', async () => {
    page = await openPage(browser, url);
    const names = ['bird-owl.jpg', 'giraffe-head.jpg', 'none-pan.jpg', 'cow.jpg'];
    await drop(page, ...(await Promise.all(names.map((name) => smallPhoto(name)))));
    const headlines = await Promise.all(names.map((name) => headlineOf(page, name)));
    expect(headlines.map((each) => each.replace(/.*: an? /, ''))).toEqual([
      'bird',
      'giraffe',
      'No animal found',
      'cow',
    ]);
  });

  it('that is dropped twice has one card', async () => {
    page = await openPage(browser, url);
    const photo = await smallPhoto('cow.jpg');
    await drop(page, photo);
    await drop(page, photo);
    await headlineOf(page, 'cow.jpg');
    expect(await page.locator('.card').count()).toBe(1);
  });

  it('in HEIC is opened here, its place first, with a decoder that is loaded only then', async () => {
    page = await openPage(browser, url);
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    const asked = questions();
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    expect(loaded.filter((path) => /heif|heic/.test(path))).toEqual([]);
    await drop(page, await heicPhoto());
    expect(await headlineOf(page, 'IMG_0042.HEIC')).toMatch(/: a giraffe$/);
    expect(loaded.filter((path) => path.endsWith('.wasm'))).toHaveLength(1);
    expect(asked[1]).toMatchObject({ location: { lat: -1.4, lon: 35.1 } });
    const place = cardOf(page, 'IMG_0042.HEIC').locator('.place');
    expect(await place.textContent()).toContain('Kenya (from the photo)');
  });

  it('that goes out has no metadata left', async () => {
    page = await openPage(browser, url);
    const asked = questions();
    await drop(page, await heicPhoto());
    await headlineOf(page, 'IMG_0042.HEIC');
    const sent = Buffer.from(String(asked[0]?.['image']), 'base64');
    expect(sent.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(sent.includes('Exif')).toBe(false);
  });
});

describe('an answer', () => {
  it('may be another one than those that are told apart', async () => {
    page = await openPage(browser, url);
    await answerWith({
      label: null,
      probability: null,
      other: { name: 'orangutan', probability: 0.94 },
    });
    await drop(page, await smallPhoto('cat-chelsea.jpg'));
    const words = 'Another animal: it looks like an orangutan';
    expect(await headlineOf(page, 'cat-chelsea.jpg')).toBe(words);
    expect(await cardOf(page, 'cat-chelsea.jpg').locator('.candidates').count()).toBe(0);
  });

  it('draws a box around each of several', async () => {
    page = await openPage(browser, url);
    const found = { label: 'cow', probability: 0.9 };
    await answerWith({
      animals: [
        { ...found, box: [0.1, 0.2, 0.5, 0.6] },
        { ...found, box: [0.7, 0.1, 0.2, 0.2] },
      ],
    });
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    const picture = await cardOf(page, 'cow.jpg').locator('img').boundingBox();
    const box = await cardOf(page, 'cow.jpg').locator('.box').first().boundingBox();
    expect(Math.round(((box?.x ?? 0) - (picture?.x ?? 0)) / (picture?.width ?? 1) / 0.1)).toBe(1);
    expect(await cardOf(page, 'cow.jpg').locator('.box').count()).toBe(2);
  });

  it('is judged once, however often the button is clicked', async () => {
    page = await openPage(browser, url);
    const said: [number, unknown][] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/labels'))
        said.push([response.status(), response.request().postDataJSON()]);
    });
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    await cardOf(page, 'cow.jpg').getByRole('button', { name: 'Yes' }).dblclick();
    await page.getByText('Thank you.').waitFor();
    const label = { workflow: 'animal', right: true, predicted: 'cow' };
    expect(said).toEqual([[202, { ...label, requestId: expect.any(String) }]]);
  });

  it('that is wrong is corrected', async () => {
    page = await openPage(browser, url);
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    await page.getByRole('button', { name: 'No', exact: true }).click();
    const sent = page.waitForRequest((request) => request.postData()?.includes('truth') === true);
    await page.getByLabel('What is it?').selectOption('horse');
    expect((await sent).postDataJSON()).toMatchObject({ right: false, truth: 'horse' });
    await page.getByText('Thank you.').waitFor();
  });
});

describe('the place', () => {
  it('is chosen on the map, is sent, and may be for the next photos too', async () => {
    page = await openPage(browser, url);
    const asked = questions();
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    await page.getByRole('button', { name: 'Say where' }).click();
    const map = page.locator('.map svg');
    const { width, height } = (await map.boundingBox()) ?? { width: 0, height: 0 };
    // Two units a degree; the map begins at 84 degrees north.
    await map.click({ position: { x: (width * 377) / 720, y: (height * 60) / 288 } });
    await page.getByRole('button', { name: 'Use this place' }).dblclick();
    await page.getByText('Germany (from the map)').waitFor();
    expect(asked).toHaveLength(2);
    // A pixel is half a degree.
    const { location } = asked[1] ?? {};
    const { lat, lon } = location as Record<'lat' | 'lon', number>;
    expect(Math.hypot(lat - 54, lon - 8.5)).toBeLessThan(1.5);
    await drop(page, await smallPhoto('sheep.jpg'));
    await headlineOf(page, 'sheep.jpg');
    expect(asked[2]?.['location']).toEqual(location);
  });

  it('is chosen from a list, with the keyboard', async () => {
    page = await openPage(browser, url);
    await drop(page, await smallPhoto('giraffe-pair.jpg'));
    await headlineOf(page, 'giraffe-pair.jpg');
    await page.getByRole('button', { name: 'Say where' }).press('Enter');
    await page.getByLabel('Or by country').selectOption({ label: 'Norway' });
    await page.getByRole('button', { name: 'Use this place' }).press('Enter');
    await page.getByText('Norway (as you said)').waitFor();
    await page.getByText('giraffes do not live in Norway').waitFor();
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('button', { name: 'Map of the world' }).press('ArrowLeft');
    await page.getByText('Chosen: 61.5° N, 8.2° E').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('is the device’s when it is asked for, and not before', async () => {
    page = await openPage(browser, url, {
      geolocation: { latitude: 35.68, longitude: 139.69 },
      permissions: ['geolocation'],
    });
    const asked = questions();
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    expect(asked[0]).not.toHaveProperty('location');
    await page.getByRole('button', { name: 'Say where' }).click();
    await page.getByRole('button', { name: 'Here, where I am' }).click();
    await page.getByText('Chosen: 35.7° N, 139.7° E').waitFor();
    await page.getByRole('button', { name: 'Use this place' }).click();
    await page.getByText('Japan (from your device)').waitFor();
  });

  it('says what to do when the device may not be asked', async () => {
    page = await openPage(browser, url, { permissions: [] });
    await drop(page, await smallPhoto('cow.jpg'));
    await headlineOf(page, 'cow.jpg');
    await page.getByRole('button', { name: 'Say where' }).click();
    await page.getByRole('button', { name: 'Here, where I am' }).click();
    await page.getByText('choose on the map').waitFor();
  });

  it('does not count for those that are kept', async () => {
    page = await openPage(browser, url);
    const asked = questions();
    await drop(page, await heicPhoto());
    await headlineOf(page, 'IMG_0042.HEIC');
    await page.getByLabel('In a zoo or a park').check();
    await page.locator('.answer:not(.old)').waitFor();
    expect(asked[0]).not.toHaveProperty('zoo');
    expect(asked[1]).toMatchObject({ zoo: true, location: { lat: -1.4, lon: 35.1 } });
    expect(await cardOf(page, 'IMG_0042.HEIC').locator('.reason').count()).toBe(0);
  });
});
