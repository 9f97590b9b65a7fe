import { GetFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ListStateMachinesCommand,
  SFNClient,
  StartSyncExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import {
  house,
  moodyBlueprint,
  startServingCloud,
  startTestCloud,
  type TestCloud,
} from './test-cloud.ts';

describe('a local cloud with as many requests in flight as it takes', () => {
  let cloud: TestCloud;
  let lambda: LambdaClient;
  let states: SFNClient;

  beforeAll(async () => {
    const moody = { ...moodyBlueprint({ timeoutSeconds: 3 }) };
    cloud = await startTestCloud(moody, undefined, undefined, {}, 2);
    const { url: endpoint, credentials } = cloud;
    const options = { endpoint, region, credentials, maxAttempts: 1 };
    lambda = new LambdaClient(options);
    states = new SFNClient({ ...options, disableHostPrefix: true });
  });
  afterAll(async () => {
    lambda.destroy();
    states.destroy();
    await cloud.remove();
  });

  const invoke = (order: unknown) =>
    lambda.send(
      new InvokeCommand({ FunctionName: 'chorus-moody', Payload: JSON.stringify(order) }),
    );

  it('refuses the others in the words of their API, and takes them again afterwards', async () => {
    const hanging = [invoke({ do: 'hang' }), invoke({ do: 'hang' })];
    await expect.poll(() => cloud.lambda.busy('chorus-moody')).toBe(2);

    const refused = await fetch(`${cloud.url}/predict/house-price`, {
      method: 'POST',
      body: 'x'.repeat(100_000),
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await refused.json()).toEqual({
      error: expect.stringContaining('2 requests in flight'),
    });
    await expect(invoke({ do: 'echo' })).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      Reason: 'ConcurrentInvocationLimitExceeded',
      retryAfterSeconds: '1',
    });
    await expect(
      states.send(new StartSyncExecutionCommand({ stateMachineArn: 'arn:x', input: '{}' })),
    ).rejects.toMatchObject({ name: 'ThrottlingException' });
    // What does no work is answered.
    await lambda.send(new GetFunctionCommand({ FunctionName: 'chorus-moody' }));
    await states.send(new ListStateMachinesCommand({}));

    for (const { FunctionError } of await Promise.all(hanging))
      expect(FunctionError).toBe('Unhandled');
    expect((await invoke({ do: 'echo' })).FunctionError).toBeUndefined();
  });

  it('does not count those whose callers have gone, once their work is done', async () => {
    for (let call = 0; call < 5; call += 1) {
      const gone = new AbortController();
      const asked = fetch(`${cloud.url}/nothing`, { signal: gone.signal }).catch(() => undefined);
      gone.abort();
      await asked;
    }
    await expect.poll(async () => (await fetch(`${cloud.url}/nothing`)).status).toBe(404);
  });
});

describe('a local cloud that takes one request at a time', () => {
  let cloud: TestCloud;
  afterEach(() => cloud.remove());

  it('lets a function ask for workflows and models for the request that it has', async () => {
    cloud = await startServingCloud(undefined, undefined, undefined, 1);
    const { CRIM, ...rest } = house;
    const infer = (model: string) =>
      fetch(`${cloud.url}/v2/models/${model}/infer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          inputs: [
            {
              name: 'features',
              datatype: 'FP64',
              shape: [1, 13],
              data: [CRIM, ...Object.values(rest)],
            },
          ],
        }),
      });
    for (const model of ['house-price', 'svr']) {
      const answer = await infer(model);
      expect([model, answer.status, await answer.text()]).toEqual([
        model,
        200,
        expect.stringContaining('outputs'),
      ]);
    }
    const statuses = (
      await Promise.all(Array.from({ length: 12 }, () => infer('house-price')))
    ).map(({ status }) => status);
    expect([...new Set(statuses)].sort()).toEqual([200, 429]);
  });
});
