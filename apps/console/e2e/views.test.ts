import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './browser.ts';
import { type Opened, openAll } from './opened.ts';
import { chorus, served } from './service.ts';

let opened: Opened;
beforeAll(async () => {
  // With another version, which can be promoted.
  opened = await openAll(served(), async (service) => {
    await chorus(service, ['models', 'train', 'random-forest', '--seed', '1']);
  });
});
afterAll(() => opened.close());

const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

describe('the console', () => {
  it('opens with a URL once, and says what to do when that was used', async () => {
    const url = await opened.running.another();
    const [first, second] = [await opened.browser.newPage(), await opened.browser.newPage()];
    // As long as a busy machine may take to build the page.
    for (const each of [first, second]) each.setDefaultTimeout(120_000);
    await first.goto(url);
    await first.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
    expect(first.url()).not.toContain('token');
    await second.goto(url);
    const alert = second.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/opened already.*chorus console/);
    await first.context().close();
    await second.context().close();
  });

  it.each([
    { colorScheme: 'light', viewport: { width: 1280, height: 900 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 800 } },
  ] as const)('is usable by everyone in each view: %o', async (options) => {
    const page = await opened.open(options);
    const views = [
      ...['Models', 'Pipelines', 'Drift', 'Executions', 'Dead letters', 'Logs', 'Cost'],
      ...['Commands', 'Workflows'],
    ];
    const found: string[] = [];
    for (const name of views) {
      await go(page, name);
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await page.getByText(/^Reading/).waitFor({ state: 'detached' });
      found.push(...(await violationsOf(page)));
      const isTooWide = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      );
      if (isTooWide) found.push(`${name} is wider than ${options.viewport.width} pixels`);
    }
    await page.getByRole('link', { name: 'house-price', exact: true }).click();
    await page.getByRole('button', { name: 'Ask' }).waitFor();
    found.push(...(await violationsOf(page)));
    expect(found).toEqual([]);
    await page.context().close();
  });

  it('is used without a mouse: the focus follows the view', async () => {
    const page = await opened.open();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    expect(await focused()).toBe('Workflows');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Commands');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('Cost');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Cost' }).waitFor();
    await expect.poll(focused).toBe('Cost');
    await page.context().close();
  });
});

describe('trying a workflow', () => {
  it('draws the answer, who gave it, and where it went in the graph', async () => {
    const page = await opened.open();
    await page.getByRole('link', { name: 'house-price', exact: true }).click();
    await page.getByRole('button', { name: 'Ask' }).click();
    const answer = page.getByRole('region', { name: 'Answer', exact: true });
    await answer.waitFor();
    const models = answer.getByRole('table', { name: 'Models that answered' });
    expect(await models.getByRole('row').count()).toBe(4);
    expect(await page.locator('.state.done').count()).toBe(3);
    expect(await answer.getByRole('list', { name: /^Timeline of/ }).count()).toBe(1);
    await page.context().close();
  });

  it('says what is wrong with a value', async () => {
    const page = await opened.open();
    await page.getByRole('link', { name: 'house-price', exact: true }).click();
    await page.getByLabel('RM', { exact: true }).fill('many');
    await page.getByLabel('AGE', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Ask' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/^400: .*(?:RM|AGE)/);
    await page.context().close();
  });

  it('tells which model did not answer', async () => {
    const page = await opened.open();
    await opened.chorus('chaos', 'fail', 'svr', '--for', '10m');
    await page.getByRole('link', { name: 'house-price', exact: true }).click();
    await page.getByRole('button', { name: 'Ask' }).click();
    const answer = page.getByRole('region', { name: 'Answer', exact: true });
    await answer.waitFor();
    expect(await answer.getByText(/^Without svr/).count()).toBe(1);
    await expect.poll(() => page.locator('.state.failed').count()).toBe(1);
    await opened.chorus('chaos', 'stop');
    await page.context().close();
  });
});

describe('a version', () => {
  it('says where it comes from, and how it differs from the live one', async () => {
    const page = await opened.open();
    await go(page, 'Models');
    await page.getByRole('link', { name: 'random-forest' }).click();
    await page.getByRole('link', { name: 'v2', exact: true }).click();
    const facts = page.getByRole('table', { name: /^Where it comes from/ });
    await facts.getByRole('row', { name: /^training.seed 1/ }).waitFor();
    const beside = page.getByRole('region', { name: 'Beside the live version' });
    await beside.getByRole('row', { name: /^seed 0 1/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe('drift', () => {
  it('is drawn for each feature, with its numbers beside', async () => {
    const page = await opened.open();
    await go(page, 'Drift');
    const model = page.getByRole('region', { name: /^svr v1/ }).first();
    await model.getByText('How values fall into the bins of the training').click();
    const plots = model.getByRole('img', { name: /in the training, .* now$/ });
    await plots.nth(13).waitFor();
    await model.getByText('RM in numbers').click();
    const numbers = model.getByRole('table', { name: 'Shares of RM' });
    await numbers.getByRole('row', { name: /^up to [\d.]+ [\d.]+ % [\d.]+ %$/ }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the cost', () => {
  it('is told for each workflow, and by part for the one that is chosen', async () => {
    const page = await opened.open();
    await go(page, 'Cost');
    const each = page.getByRole('table', { name: 'Each workflow' });
    await each.getByRole('row', { name: /^house-price 3 \$[\d.]+ \$[\d.]+$/ }).waitFor();
    const other = await each.getByRole('row').last().getByRole('link').textContent();
    await page.getByLabel('The bill of').selectOption(other ?? '');
    await page
      .getByRole('table', { name: `These requests to ${other}, as they are deployed` })
      .waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the logs', () => {
  it('follow a request through the functions it came to', async () => {
    const answer = JSON.parse(await opened.chorus('predict', 'house-price', '--json'));
    const page = await opened.open();
    await go(page, 'Logs');
    await page.getByLabel('Request').fill(answer.requestId);
    await page.getByRole('button', { name: 'Show' }).click();
    await page
      .getByRole('row', { name: /svr INFO/ })
      .first()
      .waitFor();
    await page.context().close();
  });
});

describe('promoting a version', () => {
  it('says first what it will do, shows the gates while it runs, and is taken back when it is stopped', async () => {
    const page = await opened.open();
    await go(page, 'Models');
    await page.getByRole('link', { name: 'random-forest' }).click();
    await page.getByRole('button', { name: 'Promote v2' }).click();
    const dialog = page.getByRole('dialog', { name: 'Promote v2' });
    expect(await dialog.textContent()).toContain('chorus models promote random-forest v2');
    await dialog.getByRole('button', { name: 'Promote v2' }).click();
    await dialog.getByRole('img', { name: /^p95 in ms: new/ }).waitFor();
    await dialog.getByRole('button', { name: /^Stop it/ }).click();
    await dialog.getByText('It was not done.').waitFor();
    expect(await dialog.textContent()).toContain('v1 serves all requests');
    await page.context().close();
  });

  it('is seen live elsewhere once it is', async () => {
    const page = await opened.open();
    await page.goto(`${new URL(page.url()).origin}/console/#/commands/models%20promote`);
    await page.getByLabel('<name> <version>').fill('random-forest v2');
    await page.getByLabel('--shadow', { exact: true }).fill('0s');
    await page.getByLabel('--canary', { exact: true }).fill('50%');
    await page.getByLabel('--for', { exact: true }).fill('4s');
    await page.getByLabel('--max-divergence', { exact: true }).fill('3');
    await page.getByLabel('--max-p95', { exact: true }).fill('1000');
    await page.getByLabel('--max-worse', { exact: true }).fill('1000%');
    await page.getByRole('button', { name: 'Run it' }).click();
    await page.getByText('Done.').waitFor();
    await go(page, 'Models');
    await page.getByRole('link', { name: 'random-forest' }).click();
    const live = page.getByRole('row', { name: /^v2 live/ });
    await live.waitFor();
    await page.context().close();
  });

  it('that is worse in its canary is taken back', async () => {
    await opened.chorus('models', 'train', 'random-forest', '--set', 'trees=1');
    const page = await opened.open();
    await page.goto(`${new URL(page.url()).origin}/console/#/commands/models%20promote`);
    await page.getByLabel('<name> <version>').fill('random-forest v3');
    await page.getByLabel('--shadow', { exact: true }).fill('0s');
    await page.getByLabel('--canary', { exact: true }).fill('50%');
    await page.getByLabel('--for', { exact: true }).fill('20s');
    await page.getByLabel('--max-divergence', { exact: true }).fill('0.001');
    await page.getByLabel('--max-worse', { exact: true }).fill('1000%');
    await page.getByRole('button', { name: 'Run it' }).click();
    await page.getByText('It was not done.').waitFor();
    expect(await page.getByRole('log').textContent()).toMatch(/v2 .*serves all requests/);
    await page.context().close();
  });
});
