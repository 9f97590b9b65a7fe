import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { drop, openBrowser, openPage } from './browser.ts';
import { type PhotoService, samplePhoto, startPhotoService } from './photo-service.ts';

let service: PhotoService;
let browser: Browser;
beforeAll(async () => {
  [service, browser] = await Promise.all([startPhotoService(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await service?.remove();
});

it('a photo that is dropped is answered, in words before numbers', async () => {
  const page = await openPage(browser, service.url);
  await drop(page, { name: 'shep.jpg', bytes: await samplePhoto('dog-shepherd.jpg') });
  const card = page.getByRole('listitem').filter({ hasText: 'shep.jpg' });
  expect(await card.getByRole('heading').textContent()).toMatch(/: a dog$/);
});
