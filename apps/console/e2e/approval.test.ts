import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalService, moreRows } from './approval-service.ts';
import { openBrowser, openConsolePage, violationsOf } from './browser.ts';
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
  service = await startService(join(folder.path, 'cloud'), 0, approvalService());
  running = await startConsole(service);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await running.stop();
  await service.stop();
  await folder.remove();
});

describe('a run of a pipeline that waits for a person', () => {
  it('shows its figures, is approved, and its version is live', async () => {
    const file = join(folder.path, 'more.csv');
    await writeFile(file, await moreRows());
    await chorus(service, ['pipeline', 'run', 'house-price', file]);
    const page = await openConsolePage(browser, running);
    await page.getByRole('link', { name: 'Pipelines' }).click();
    await page
      .getByRole('row', { name: /waiting/ })
      .getByRole('link')
      .click();
    const figures = page.getByRole('table', { name: /^RMSE on \d+ rows/ });
    await figures.getByRole('row', { name: /^linear-regression v1: .* yes/ }).waitFor();
    await page.getByRole('button', { name: 'Approve' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve' });
    await dialog.getByRole('button', { name: 'Approve' }).click();
    await dialog.getByText('Done.').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByText('is live.').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'linear-regression v2' }).click();
    await page.getByRole('row', { name: /^v2 live/ }).waitFor();
    await page.context().close();
  });
});
