import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openConsolePage } from './browser.ts';
import {
  chorus,
  makeFolder,
  type RunningConsole,
  type Service,
  startConsole,
  startService,
} from './service.ts';

let folder: Awaited<ReturnType<typeof makeFolder>>;
let service: Service;
let running: RunningConsole;
let browser: Browser;
beforeAll(async () => {
  folder = await makeFolder();
  service = await startService(folder.path);
  running = await startConsole(service);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await running.stop();
  await service.stop();
  await folder.remove();
});

describe('dead letters in the console', () => {
  it('are shown, replayed, and answered then', async () => {
    for (const model of ['linear-regression', 'random-forest', 'svr'])
      await chorus(service, ['chaos', 'fail', model, '--for', '1h']);
    const accepted = JSON.parse(
      await chorus(service, ['predict', 'house-price', '--async', '--json']),
    );
    const page = await openConsolePage(browser, running);
    await page.getByRole('link', { name: 'Dead letters' }).click();
    const letter = page.getByRole('row', { name: new RegExp(accepted.id) });
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Read again' }).click();
          await page
            .getByText(/^There are none|dead letters$/)
            .first()
            .waitFor();
          return letter.count();
        },
        { timeout: 180_000, interval: 1000 },
      )
      .toBe(1);
    await chorus(service, ['chaos', 'stop']);
    await letter.getByRole('button', { name: 'Replay' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replay' });
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await dialog.getByText('Done.').waitFor();
    await expect
      .poll(async () => (await fetch(`${service.url}/predictions/${accepted.id}`)).status, {
        timeout: 120_000,
      })
      .toBe(200);
    await page.context().close();
  });
});

describe('a cloud that is started again', () => {
  it('is said to be gone, and is there again by itself', async () => {
    const page = await openConsolePage(browser, running);
    await page.getByRole('link', { name: 'Models' }).click();
    const row = page.getByRole('row', { name: /^svr v1/ });
    await row.waitFor();
    await service.stop();
    await page.getByText(/Nothing answers there|ECONNREFUSED/).waitFor();
    service = await startService(folder.path, Number(new URL(service.url).port));
    await row.waitFor();
    await page.context().close();
  });
});

describe('a console that is stopped', () => {
  it('is said to be gone', async () => {
    const own = await startConsole(service);
    const page = await openConsolePage(browser, own);
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('row', { name: /^svr v1/ }).waitFor();
    await own.stop();
    await page.getByText('The connection is lost; trying again.').waitFor();
    await page.context().close();
  });
});
