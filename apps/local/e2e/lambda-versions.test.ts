import { readFileSync } from 'node:fs';
import {
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  type PublishVersionCommandInput,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { moodyBlueprint, startTestCloud, type TestCloud } from './test-cloud.ts';

const FunctionName = 'chorus-moody';
const arn = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
let cloud: TestCloud;
let client: LambdaClient;

function connect(): void {
  client = new LambdaClient({
    endpoint: cloud.url,
    region,
    credentials: cloud.credentials,
    maxAttempts: 1,
  });
}

beforeEach(async () => {
  cloud = await startTestCloud(moodyBlueprint());
  connect();
});
afterEach(async () => {
  client.destroy();
  await cloud.remove();
});

async function invoke(order: unknown, name = FunctionName, Qualifier?: string) {
  const answer = await client.send(
    new InvokeCommand({
      FunctionName: name,
      Payload: JSON.stringify(order),
      ...(Qualifier && { Qualifier }),
    }),
  );
  const payload = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  return { payload, executed: answer.ExecutedVersion };
}

const seen = async (name?: string, qualifier?: string) =>
  (await invoke({ do: 'environment' }, name, qualifier)).payload;

const setMood = (MOOD: string) =>
  cloud.lambda.configure(FunctionName, { Environment: { Variables: { MOOD } } });

const publish = (input: Partial<PublishVersionCommandInput> = {}) =>
  client.send(new PublishVersionCommand({ FunctionName, ...input }));

const createAlias = (FunctionVersion: string, Name = 'live') =>
  client.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion }));

const updateAlias = (input: Partial<UpdateAliasCommandInput>) =>
  client.send(new UpdateAliasCommand({ FunctionName, Name: 'live', ...input }));

/** Version 1 is in a bright mood, version 2 in a dark one. */
async function publishTwo(): Promise<void> {
  await setMood('bright');
  await publish();
  await setMood('dark');
  await publish();
}

function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

describe('a published version', () => {
  it('keeps its configuration whatever becomes of $LATEST', async () => {
    await setMood('bright');
    const one = await publish({ Description: 'the first' });
    expect(one).toMatchObject({
      Version: '1',
      FunctionArn: `${arn}:1`,
      Description: 'the first',
      LastUpdateStatus: 'Successful',
      Environment: { Variables: { MOOD: 'bright' } },
    });
    await setMood('dark');
    expect(await seen(FunctionName, '1')).toEqual({ mood: 'bright', version: '1' });
    expect(await seen()).toEqual({ mood: 'dark', version: '$LATEST' });
    expect(await seen(`${arn}:1`)).toEqual({ mood: 'bright', version: '1' });
    const read = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName, Qualifier: '1' }),
    );
    expect(read).toMatchObject({ Version: '1', Environment: { Variables: { MOOD: 'bright' } } });
    expect(read.RevisionId).toBe(one.RevisionId);
  });

  it('is the one before when nothing has changed since, and the next one when something has', async () => {
    await publishTwo();
    const again = await publish({ Description: 'other words' });
    expect(again.Version).toBe('2');
    await setMood('bright');
    expect((await publish()).Version).toBe('3');
    const { Versions } = await client.send(new ListVersionsByFunctionCommand({ FunctionName }));
    expect(Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2', '3']);
  });

  it('is made only of the code and the revision that was asked for', async () => {
    const { CodeSha256 = '' } = await publish();
    await setMood('dark');
    await expect(publish({ CodeSha256: 'f00d' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining(CodeSha256),
    });
    await expect(publish({ RevisionId: 'f00d' })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
    const { RevisionId } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect((await publish({ CodeSha256, RevisionId })).Version).toBe('2');
  });

  it('that is not there is a 404, by number, alias and ARN', async () => {
    for (const name of [`${FunctionName}:7`, `${FunctionName}:live`, `${arn}:7`])
      await expect(invoke({ do: 'echo' }, name)).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
    await expect(invoke({ do: 'echo' }, `${FunctionName}:1`, '2')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('is still there after a restart, and so are aliases and what $LATEST was', async () => {
    await publishTwo();
    await createAlias('1');
    await updateAlias({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } } });
    const alias = await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
    client.destroy();
    await cloud.close(0);
    cloud = await startTestCloud(moodyBlueprint(), cloud.directory);
    connect();
    expect(await client.send(new GetAliasCommand({ FunctionName, Name: 'live' }))).toMatchObject({
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { 2: 0.5 } },
      RevisionId: alias.RevisionId,
    });
    expect(await seen(FunctionName, '1')).toEqual({ mood: 'bright', version: '1' });
    expect(await seen()).toMatchObject({ mood: 'dark' });
  });
});

describe('an alias', () => {
  it('is what it was pointed at last, and says which version answered', async () => {
    await publishTwo();
    expect(await createAlias('1')).toMatchObject({
      AliasArn: `${arn}:live`,
      Name: 'live',
      FunctionVersion: '1',
    });
    expect(await invoke({ do: 'environment' }, `${arn}:live`)).toEqual({
      payload: { mood: 'bright', version: '1' },
      executed: '1',
    });
    await updateAlias({ FunctionVersion: '2', Description: 'darker' });
    expect((await invoke({ do: 'echo' }, FunctionName, 'live')).executed).toBe('2');
    const configuration = await client.send(
      new GetFunctionConfigurationCommand({ FunctionName: `${FunctionName}:live` }),
    );
    expect(configuration).toMatchObject({ Version: '2', FunctionArn: `${arn}:live` });
  });

  it('divides its invocations between two versions by weight', async () => {
    await publishTwo();
    await createAlias('1');
    await updateAlias({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.3 } } });
    const count: Record<string, number> = { 1: 0, 2: 0 };
    for (let call = 0; call < 200; call++) {
      const { executed = '', payload } = await invoke({ do: 'environment' }, FunctionName, 'live');
      expect(payload.version).toBe(executed);
      count[executed] = (count[executed] ?? 0) + 1;
    }
    // 60 expected; the chance to be further off than five standard deviations is below one in a million.
    expect(count['2']).toBeGreaterThan(27);
    expect(count['2']).toBeLessThan(93);
    const full = await updateAlias({ RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } });
    expect((await invoke({ do: 'echo' }, FunctionName, 'live')).executed).toBe('2');
    // What is left out stays; an empty map takes the second version away.
    const kept = await updateAlias({ Description: 'kept' });
    expect(kept.RoutingConfig).toEqual(full.RoutingConfig);
    const none = await updateAlias({ RoutingConfig: { AdditionalVersionWeights: {} } });
    expect(none.RoutingConfig).toBeUndefined();
    expect((await invoke({ do: 'echo' }, FunctionName, 'live')).executed).toBe('1');
  });

  it('is changed only on the revision that was asked for', async () => {
    await publishTwo();
    const { RevisionId } = await createAlias('1');
    const moved = await updateAlias({ FunctionVersion: '2', RevisionId });
    expect(moved.RevisionId).not.toBe(RevisionId);
    await expect(updateAlias({ FunctionVersion: '1', RevisionId })).rejects.toMatchObject({
      name: 'PreconditionFailedException',
    });
    expect((await invoke({ do: 'echo' }, FunctionName, 'live')).executed).toBe('2');
  });

  it('refuses what Lambda refuses', async () => {
    await publishTwo();
    await createAlias('1');
    const weights = (AdditionalVersionWeights: Record<string, number>) =>
      updateAlias({ RoutingConfig: { AdditionalVersionWeights } });
    const invalid = { name: 'InvalidParameterValueException' };
    const missing = { name: 'ResourceNotFoundException' };
    await expect(weights({ 2: 1.1 })).rejects.toMatchObject(invalid);
    await expect(weights({ 2: -0.1 })).rejects.toMatchObject(invalid);
    await expect(weights({ 1: 0.1 })).rejects.toMatchObject(invalid);
    await expect(weights({ 2: 0.1, 3: 0.1 })).rejects.toMatchObject(invalid);
    await expect(weights({ $LATEST: 0.1 })).rejects.toMatchObject(invalid);
    await expect(weights({ 9: 0.1 })).rejects.toMatchObject(missing);
    await expect(updateAlias({ FunctionVersion: '9' })).rejects.toMatchObject(missing);
    await expect(updateAlias({ Name: 'nobody' })).rejects.toMatchObject(missing);
    await expect(createAlias('1', '42')).rejects.toMatchObject(invalid);
    await expect(createAlias('2')).rejects.toMatchObject({ name: 'ResourceConflictException' });
    expect((await invoke({ do: 'echo' }, FunctionName, 'live')).executed).toBe('1');
  });

  it('is listed, also by its versions, and can be deleted', async () => {
    await publishTwo();
    await createAlias('1');
    await createAlias('2', 'next');
    const list = async (FunctionVersion?: string) => {
      const input = { FunctionName, ...(FunctionVersion && { FunctionVersion }) };
      const { Aliases } = await client.send(new ListAliasesCommand(input));
      return Aliases?.map(({ Name }) => Name);
    };
    expect(await list()).toEqual(['live', 'next']);
    expect(await list('2')).toEqual(['next']);
    const { Functions } = await client.send(new ListFunctionsCommand({ FunctionVersion: 'ALL' }));
    expect(Functions?.map(({ FunctionArn }) => FunctionArn)).toEqual([
      `${arn}:$LATEST`,
      `${arn}:1`,
      `${arn}:2`,
    ]);
    const page = await client.send(
      new ListVersionsByFunctionCommand({ FunctionName, MaxItems: 1, Marker: '1' }),
    );
    expect(page).toMatchObject({ Versions: [{ Version: '1' }], NextMarker: '2' });
    await client.send(new DeleteAliasCommand({ FunctionName, Name: 'live' }));
    expect(await list()).toEqual(['next']);
    await expect(
      client.send(new GetAliasCommand({ FunctionName, Name: 'live' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('that leaves a version lets its processes finish and stops them', async () => {
    await publishTwo();
    await createAlias('1');
    const { pid } = (await invoke({ do: 'pid' }, FunctionName, 'live')).payload;
    const working = invoke({ do: 'wait', milliseconds: 300 }, FunctionName, 'live');
    await expect.poll(() => cloud.lambda.busy(FunctionName), { interval: 5 }).toBe(1);
    // Warmed before it is live, it is there at once when it is.
    const next = (await invoke({ do: 'pid' }, FunctionName, '2')).payload.pid;
    await updateAlias({ FunctionVersion: '2' });
    expect((await invoke({ do: 'pid' }, FunctionName, 'live')).payload.pid).toBe(next);
    expect((await working).payload).toEqual({ pid });
    await expect.poll(() => isRunning(pid)).toBe(false);
    expect(await seen(FunctionName, '1')).toEqual({ mood: 'bright', version: '1' });
  });
});
