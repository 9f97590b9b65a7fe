import { ListStateMachinesCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { readCredentials } from '@chorus/cli/console';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violationsOf } from './browser.ts';
import { type Opened, openAll } from './opened.ts';
import { type Service, served, withQuickEnds } from './service.ts';

const count = 10_000;

/** So many are started at once. */
const lanes = 40;

let opened: Opened;
let workflow: string;

/** Starts executions of a standard workflow. @returns the workflow's name */
async function startMany(service: Service): Promise<string> {
  const credentials = await readCredentials(service.directory);
  if (credentials === undefined) throw new Error('the cloud has no credentials');
  const client = new SFNClient({ endpoint: service.url, region: 'us-east-1', credentials });
  const { stateMachines = [] } = await client.send(new ListStateMachinesCommand({}));
  const found = stateMachines.find(({ type }) => type === 'STANDARD');
  const machine = found?.stateMachineArn;
  const names = Array.from({ length: count }, (_, index) => `number-${index}`);
  const lane = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop())
      await client.send(new StartExecutionCommand({ stateMachineArn: machine, name, input: '{}' }));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  client.destroy();
  return (found?.name ?? '').replace('chorus-', '');
}

beforeAll(async () => {
  opened = await openAll(withQuickEnds(served()), async (service) => {
    workflow = await startMany(service);
  });
});
afterAll(() => opened.close());

describe('ten thousand executions', () => {
  it('are listed a page at a time, and each is shown with its history', async () => {
    const page = await opened.open();
    await page.getByRole('link', { name: 'Executions' }).click();
    const rows = page.getByRole('table').getByRole('row');
    await expect.poll(() => rows.count()).toBe(101);
    await page.getByLabel('Workflow').selectOption(workflow);
    await page.getByRole('button', { name: 'Earlier ones' }).click();
    await page.getByRole('table', { name: 'Executions, page 2' }).waitFor();
    expect(await rows.count()).toBe(101);
    expect(await violationsOf(page)).toEqual([]);
    await page
      .getByRole('link', { name: /^number-/ })
      .first()
      .click();
    await page.getByRole('table', { name: 'History' }).waitFor();
    const history = page.getByRole('table', { name: 'History' });
    expect(await history.getByRole('row', { name: /ExecutionSucceeded/ }).count()).toBe(1);
    expect(await violationsOf(page)).toEqual([]);
    await page.context().close();
  });
});
