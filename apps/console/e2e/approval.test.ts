import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approvalService, moreRows } from './approval-service.ts';
import { violationsOf } from './browser.ts';
import { type Opened, openAll } from './opened.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openAll(approvalService());
});
afterAll(() => opened.close());

describe('a run of a pipeline that waits for a person', () => {
  it('shows its figures, is approved, and its version is live', async () => {
    const file = join(opened.folder, 'more.csv');
    await writeFile(file, await moreRows());
    await opened.chorus('pipeline', 'run', 'house-price', file);
    const page = await opened.open();
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
