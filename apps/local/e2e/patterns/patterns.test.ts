import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region } from '../../src/index.ts';
import { chorus } from '../chorus.ts';
import { post, startTestCloud, type TestCloud } from '../test-cloud.ts';
import { type Pattern, patternNames, patterns, toldBy, type Waiting } from './service.ts';

let cloud: TestCloud;
let client: SFNClient;
let folder: string;

/** Returns the folder of the cloud. */
const home = () => join(folder, 'cloud');

/** Starts the cloud. @param toldSeconds how long functions may take */
async function start(toldSeconds = 4): Promise<void> {
  cloud = await startTestCloud(patterns(toldSeconds), home());
  const { url: endpoint, credentials } = cloud;
  client = new SFNClient({ endpoint, region, credentials });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-patterns-'));
  await start();
});
async function stop(): Promise<void> {
  client.destroy();
  await cloud.close(0);
}

afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const well = { do: 'pid' };
const pid = expect.any(Number);

const arnOf = (name: string) => `arn:aws:states:${region}:000000000000:stateMachine:chorus-${name}`;
const text = (order: object) => ({ text: JSON.stringify({ order, chosen: true }) });

/** Gives every workflow of the algebra an order at once, and returns what each answers. */
async function askAll(orderOf: (name: Pattern) => object) {
  const answers = await Promise.all(
    patternNames.map(async (name) => {
      const { status, body } = await post(cloud, `/predict/${name}`, text(orderOf(name)));
      const { predictions, failed = {} } = body;
      const errors = Object.values(failed).map(({ error }) => error);
      return [name, { status, ...(predictions && { predictions }), errors }] as const;
    }),
  );
  return Object.fromEntries(answers);
}

describe('the algebra: gather, sequence, condition, fallback, map', () => {
  const all = {
    gathered: { status: 200, predictions: [{ pid }], errors: [] },
    sequenced: { status: 200, predictions: [pid], errors: [] },
    chosen: { status: 200, predictions: [pid], errors: [] },
    'fallen-back': {
      status: 200,
      predictions: [{ by: 'told-fallen-back', because: 'accepted' }],
      errors: [],
    },
    mapped: { status: 200, predictions: [{ pid }, { pid }], errors: [] },
  };

  /** The status and the message of an answer whose function has failed. */
  const failed = (error: string, status: number) => ({
    gathered: { ...all.gathered, errors: [error] },
    sequenced: { status, errors: [error] },
    chosen: { status, errors: [error] },
    'fallen-back': {
      status: 200,
      predictions: [{ by: 'calm', because: 'failed' }],
      errors: [error],
    },
    mapped: { status: 200, predictions: [null, { pid }], errors: [error] },
  });

  it('success: each answers', async () => {
    expect(await askAll(() => well)).toEqual(all);
    // The other side of the condition.
    const other = { text: JSON.stringify({ order: { do: 'throw' }, chosen: false }) };
    expect(await post(cloud, '/predict/chosen', other)).toMatchObject({
      status: 200,
      body: { predictions: [pid], failed: {} },
    });
  });

  it('retry-then-success: each answers though a process has ended at work', async () => {
    const fileOf = (name: Pattern) => join(folder, name);
    expect(await askAll((name) => ({ do: 'exit-once', file: fileOf(name) }))).toEqual(all);
    expect(patternNames.filter((name) => !existsSync(fileOf(name)))).toEqual([]);
  });

  it('failure: each says what failed, and answers where something else can', async () => {
    expect(await askAll(() => ({ do: 'throw' }))).toEqual(failed('RangeError', 503));
  });

  it('time-out: each says what was too slow, and answers where something else can', async () => {
    expect(await askAll(() => ({ do: 'hang' }))).toEqual(failed('Sandbox.Timedout', 504));
  });
});

/** Starts an execution of a Standard workflow, and returns its ARN. */
async function startExecution(name: Waiting, order: object, seconds = 3600): Promise<string> {
  const { executionArn = '' } = await client.send(
    new StartExecutionCommand({
      stateMachineArn: arnOf(name),
      input: JSON.stringify({ order, seconds }),
    }),
  );
  return executionArn;
}

/** Waits for the end of an execution. */
async function ending(executionArn: string) {
  const describeIt = () => client.send(new DescribeExecutionCommand({ executionArn }));
  await expect.poll(async () => (await describeIt()).status, { interval: 100 }).not.toBe('RUNNING');
  const { status, output, error } = await describeIt();
  return { status, ...(output && { output: JSON.parse(output) }), ...(error && { error }) };
}

const run = async (...started: Parameters<typeof startExecution>) =>
  ending(await startExecution(...started));

/** Waits until an execution has handed out so many tokens, and returns the last one. */
async function tokenOf(executionArn: string, count = 1): Promise<string> {
  const submitted = async () => {
    const { events = [] } = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }),
    );
    return events.flatMap(({ taskSubmittedEventDetails }) => taskSubmittedEventDetails ?? []);
  };
  await expect.poll(async () => (await submitted()).length, { interval: 100 }).toBe(count);
  const [last] = (await submitted()).slice(-1);
  return JSON.parse(last?.output ?? '{}').Payload.token;
}

describe('Standard workflows: wait for a token, run another, map in children', () => {
  const done = { status: 'SUCCEEDED', output: pid };
  const three = { status: 'SUCCEEDED', output: [pid, pid, pid] };

  it('success: each goes on when it has what it waits for', async () => {
    const waiting = await startExecution('waits-for-token', {});
    const output = JSON.stringify({ approved: 'yes' });
    await client.send(new SendTaskSuccessCommand({ taskToken: await tokenOf(waiting), output }));
    expect(await ending(waiting)).toEqual({ status: 'SUCCEEDED', output: { approved: 'yes' } });
    expect(await Promise.all([run('runs-another', well), run('maps-in-children', well)])).toEqual([
      done,
      three,
    ]);
  });

  it('retry-then-success: each tries again what has failed', async () => {
    const once = (name: Waiting) => run(name, { do: 'exit-once', file: join(folder, name) });
    const others = Promise.all([once('runs-another'), once('maps-in-children')]);
    const waiting = await startExecution('waits-for-token', {});
    const first = await tokenOf(waiting);
    await client.send(new SendTaskFailureCommand({ taskToken: first, error: 'NotYet' }));
    const second = await tokenOf(waiting, 2);
    expect(second).not.toBe(first);
    await client.send(new SendTaskSuccessCommand({ taskToken: second, output: '1' }));
    expect(await ending(waiting)).toEqual({ status: 'SUCCEEDED', output: 1 });
    expect(await others).toEqual([done, three]);
  });

  it('failure: each fails with its error once it has tried enough', async () => {
    const others = Promise.all([
      run('runs-another', { do: 'throw' }),
      run('maps-in-children', { do: 'throw' }),
    ]);
    const waiting = await startExecution('waits-for-token', {});
    for (const count of [1, 2])
      await client.send(
        new SendTaskFailureCommand({ taskToken: await tokenOf(waiting, count), error: 'Never' }),
      );
    expect(await ending(waiting)).toEqual({ status: 'FAILED', error: 'Never' });
    expect(await others).toEqual([
      { status: 'FAILED', error: 'States.TaskFailed' },
      { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
    ]);
  });

  it('time-out: each fails when its seconds have passed', async () => {
    const hang = { do: 'hang' };
    const all = [
      run('waits-for-token', hang, 1),
      run('runs-another', hang, 1),
      run('maps-in-children', hang, 1),
    ];
    expect(await Promise.all(all)).toEqual([
      { status: 'FAILED', error: 'States.Timeout' },
      { status: 'FAILED', error: 'States.Timeout' },
      { status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' },
    ]);
  });
});

it('restart in the middle: each goes on to its end', async () => {
  // The function may take longer than it is slow here.
  await stop();
  await start(600);
  const hung = [...patternNames, 'waits-for-token', 'obeys', 'maps-in-children'].map(toldBy);
  for (const name of hung) await chorus(cloud, ['chaos', 'slow', name, '--by', '9m']);
  const accepted = await Promise.all(
    patternNames.map((name) => post(cloud, `/predict/${name}?async=1`, text(well))),
  );
  const ids = accepted.map(({ body }) => (body as unknown as { readonly id: string }).id);
  const executions = [
    await startExecution('waits-for-token', {}),
    await startExecution('runs-another', well),
    await startExecution('maps-in-children', well),
  ];
  const hit = async (): Promise<readonly string[]> => {
    const { out } = await chorus(cloud, ['chaos', 'list', '--json']);
    const running: readonly { readonly hit: number; readonly target: { readonly name: string } }[] =
      JSON.parse(out).running;
    return running.filter((each) => each.hit > 0).map(({ target }) => target.name);
  };
  await expect.poll(hit, { interval: 500 }).toEqual(expect.arrayContaining(hung));
  await stop();
  // Faults end with the cloud that has them.
  await start(600);
  const [waiting = '', ...others] = executions;
  await client.send(new SendTaskSuccessCommand({ taskToken: await tokenOf(waiting), output: '1' }));
  expect(await ending(waiting)).toEqual({ status: 'SUCCEEDED', output: 1 });
  for (const each of others) expect(await ending(each)).toMatchObject({ status: 'SUCCEEDED' });
  for (const id of ids) {
    const status = async () => (await fetch(`${cloud.url}/predictions/${id}`)).status;
    await expect.poll(status, { interval: 200 }).toBe(200);
  }
});

it('each runs the definition of its blueprint, which is what AWS is given', async () => {
  const { workflows, machines = [] } = patterns(4);
  for (const { name, definition } of [...workflows, ...machines]) {
    const described = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn: arnOf(name) }),
    );
    // ARNs, names and the URLs of queues stand where AWS is given them by the deployment.
    const parts = JSON.stringify(definition).split(/\$\{\w+\}/);
    const own = JSON.stringify(JSON.parse(described.definition ?? ''));
    let at = 0;
    for (const part of parts) {
      const found = own.indexOf(part, at);
      expect(own.slice(at, found), `${name}: ${part}`).toMatch(/^[\w:./-]*$/);
      at = found + part.length;
    }
    expect(at).toBe(own.length);
  }
});
