/**
 * Makes the pictures of each view in `docs/console`, of a cloud with something to see: `node apps/console/e2e/make-screenshots.ts`,
 * or with names of pictures, `drift cost`, of these alone.
 */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { approvalService, moreRows } from './approval-service.ts';
import { openAll } from './opened.ts';
import { root } from './service.ts';

const docs = join(root, 'docs/console');

/** A view: its address, and what has to be there before it is pictured. */
interface Shot {
  readonly name: string;
  readonly at: string;
  readonly ready: (page: Page) => Promise<unknown>;
}

const table = (name: RegExp) => (page: Page) => page.getByRole('table', { name }).first().waitFor();

const shots: readonly Shot[] = [
  { name: 'workflows', at: 'workflows', ready: table(/^Workflows/) },
  {
    name: 'workflow',
    at: 'workflows/house-price',
    async ready(page) {
      await page.getByRole('button', { name: 'Ask' }).click();
      await page.locator('.state.done').nth(2).waitFor();
    },
  },
  { name: 'models', at: 'models', ready: table(/^Models/) },
  { name: 'model', at: 'models/random-forest', ready: table(/^Versions/) },
  { name: 'model-version', at: 'models/random-forest/v2', ready: table(/differ|same rows/) },
  {
    name: 'promotion',
    at: 'models/random-forest',
    async ready(page) {
      await page.getByRole('button', { name: 'Promote v2' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Promote v2' }).click();
      await dialog.getByText(/shadow (?:[6-9]|\d\d) s/).waitFor();
      await dialog.getByRole('img', { name: /^p95/ }).waitFor();
    },
  },
  { name: 'pipelines', at: 'pipelines', ready: table(/^Runs/) },
  {
    name: 'pipeline-run',
    at: 'pipelines',
    async ready(page) {
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('button', { name: 'Approve' }).waitFor();
      await table(/^RMSE/)(page);
    },
  },
  { name: 'drift', at: 'drift', ready: table(/^Inputs/) },
  { name: 'executions', at: 'executions', ready: table(/^Executions/) },
  {
    name: 'execution',
    at: 'executions',
    async ready(page) {
      await page.getByRole('table').getByRole('link').first().click();
      await table(/^History/)(page);
    },
  },
  { name: 'dead-letters', at: 'dead-letters', ready: table(/dead letters?$/) },
  { name: 'logs', at: 'logs', ready: table(/^Lines/) },
  { name: 'cost', at: 'cost', ready: table(/^These requests/) },
  { name: 'commands', at: 'commands', ready: table(/^Commands/) },
];

const asked = process.argv.slice(2);
const opened = await openAll(approvalService());
try {
  await mkdir(docs, { recursive: true });
  const rows = join(opened.folder, 'rows.csv');
  await writeFile(rows, await moreRows());
  await opened.chorus('models', 'train', 'random-forest', '--seed', '1');
  await opened.chorus('batch', 'house-price', rows, '--to', join(opened.folder, 'answers'));
  await opened.chorus('pipeline', 'run', 'house-price', rows);
  for (const model of ['linear-regression', 'random-forest', 'svr'])
    await opened.chorus('chaos', 'fail', model, '--for', '1h');
  await opened.chorus('predict', 'house-price', '--async');
  while ((await opened.chorus('dlq', 'list', '--json')).trim() === '[]');
  await opened.chorus('chaos', 'stop');
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await opened.open({
      colorScheme,
      viewport: { width: 1100, height: 760 },
    });
    for (const { name, at, ready } of shots) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      await page.goto(`${new URL(page.url()).origin}/console/#/${at}`);
      await page.reload();
      await ready(page);
      await page.evaluate(() => window.scrollTo(0, 0));
      const file = join(docs, `${name}-${colorScheme}.png`);
      await sharp(await page.screenshot())
        .png({ palette: true, colours: 64, compressionLevel: 9, effort: 10 })
        .toFile(file);
      console.log(`${file}: ${(await stat(file)).size} bytes`);
      const stop = page.getByRole('button', { name: /^Stop it/ });
      if ((await stop.count()) > 0) {
        await stop.click();
        await page.getByText('It was not done.').waitFor();
      }
    }
    await page.context().close();
  }
} finally {
  await opened.close();
}
