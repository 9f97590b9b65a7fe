import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConsolePage } from './browser.ts';
import { type Opened, openAll } from './opened.ts';
import { startRefusingAws } from './refusing-aws.ts';
import { startConsole } from './service.ts';

let opened: Opened;
beforeAll(async () => {
  opened = await openAll();
});
afterAll(() => opened.close());

describe('dead letters in the console', () => {
  it('are shown, replayed, and answered then', async () => {
    for (const model of ['linear-regression', 'random-forest', 'svr'])
      await opened.chorus('chaos', 'fail', model, '--for', '1h');
    const accepted = JSON.parse(await opened.chorus('predict', 'house-price', '--async', '--json'));
    const page = await opened.open();
    await page.getByRole('link', { name: 'Dead letters' }).click();
    const letter = page.getByRole('row', { name: new RegExp(accepted.id) });
    await expect
      .poll(
        async () => {
          await page.getByRole('button', { name: 'Read again' }).click();
          await page
            .getByText(/^There are none|dead letters?$/)
            .first()
            .waitFor();
          return letter.count();
        },
        { timeout: 180_000, interval: 1000 },
      )
      .toBe(1);
    await opened.chorus('chaos', 'stop');
    await letter.getByRole('button', { name: 'Replay' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replay' });
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await dialog.getByText('Done.').waitFor();
    await expect
      .poll(async () => (await fetch(`${opened.service.url}/predictions/${accepted.id}`)).status, {
        timeout: 120_000,
      })
      .toBe(200);
    await page.context().close();
  });
});

describe('a cloud that is started again', () => {
  it('is said to be gone, and is there again by itself', async () => {
    const page = await opened.open();
    await page.getByRole('link', { name: 'Models' }).click();
    const row = page.getByRole('row', { name: /^svr v1/ });
    await row.waitFor();
    await opened.service.stop();
    await page.getByText(/Nothing answers there|ECONNREFUSED/).waitFor();
    await opened.startAgain();
    await row.waitFor();
    await page.context().close();
  });
});

describe('a console that is stopped', () => {
  it('is said to be gone', async () => {
    const own = await startConsole(opened.service);
    const page = await openConsolePage(opened.browser, own);
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('row', { name: /^svr v1/ }).waitFor();
    await own.stop();
    await page.getByText('The connection is lost; trying again.').waitFor();
    await page.context().close();
  });
});

describe('a right that is missing', () => {
  it('is named in each view that needs it, with what to do', async () => {
    const message = 'User: ada is not authorized to perform: all';
    const aws = await startRefusingAws(message);
    const own = await startConsole({ url: aws.url, directory: opened.service.directory });
    const page = await openConsolePage(opened.browser, own);
    for (const name of ['Models', 'Pipelines', 'Drift', 'Executions', 'Dead letters', 'Logs']) {
      await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      const notice = page.getByText(message).first();
      await notice.waitFor();
      expect(await notice.textContent()).toMatch(
        /The credentials may not do this|refuses these credentials/,
      );
    }
    await page.context().close();
    await own.stop();
    await aws.close();
  });
});
