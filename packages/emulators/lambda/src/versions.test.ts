import {
  GetFunctionConfigurationCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, expect, it } from 'vitest';
import { ask, startLambda, type TestLambda } from './testing/start-lambda.ts';

const FunctionName = 'tiny';
let lambda: TestLambda;
afterEach(() => lambda.remove());

const read = () => lambda.client.send(new GetFunctionConfigurationCommand({ FunctionName }));

it('an update in progress keeps others out, and the former configuration answers until it is through', async () => {
  const through = Promise.withResolvers<void>();
  lambda = await startLambda({ mood: 'bright', sleep: () => through.promise });
  const change = (MOOD: string) =>
    lambda.client.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Environment: { Variables: { MOOD } },
      }),
    );
  const publish = () => lambda.client.send(new PublishVersionCommand({ FunctionName }));

  const before = await read();
  const updating = await change('dark');
  expect(updating).toMatchObject({
    LastUpdateStatus: 'InProgress',
    Environment: { Variables: { MOOD: 'dark' } },
  });
  const conflict = {
    name: 'ResourceConflictException',
    $metadata: { httpStatusCode: 409 },
    message: expect.stringContaining('An update is in progress'),
  };
  await expect(publish()).rejects.toMatchObject(conflict);
  await expect(change('sour')).rejects.toMatchObject(conflict);
  expect((await ask(lambda, { do: 'environment' })).payload.mood).toBe('bright');

  through.resolve();
  await expect.poll(async () => (await read()).LastUpdateStatus).toBe('Successful');
  expect((await ask(lambda, { do: 'environment' })).payload.mood).toBe('dark');
  // The change and its end are a revision each.
  const revisions = [before, updating, await read()].map(({ RevisionId }) => RevisionId);
  expect(new Set(revisions).size).toBe(3);
  const published = await publish();
  expect(published).toMatchObject({ Version: '1', LastUpdateStatus: 'Successful' });
});

it('a version differs from the one before by whatever a configuration holds', async () => {
  lambda = await startLambda();
  const { service } = lambda;
  const tiny = service.find(FunctionName);
  expect((await tiny.publish({})).version).toBe('1');
  expect((await tiny.publish({ Description: 'the same, in other words' })).version).toBe('1');
  const changes = [
    { MemorySize: 256 },
    { Timeout: 7 },
    { Description: 'words' },
    { Environment: { Variables: { MOOD: 'x' } } },
  ];
  for (const [index, change] of changes.entries()) {
    await service.configure(FunctionName, change);
    const { version } = await tiny.publish({ Description: 'of its own' });
    expect(version).toBe(String(index + 2));
    expect((await tiny.publish({})).version).toBe(version);
  }
  expect(tiny.versions().at(-1)).toMatchObject({
    description: 'of its own',
    latestDescription: 'words',
    memoryMb: 256,
    timeoutSeconds: 7,
    environment: { MOOD: 'x' },
  });
});

it('a version is made only of the code and the revision that were asked for', async () => {
  lambda = await startLambda();
  const tiny = lambda.service.find(FunctionName);
  const { RevisionId = '', CodeSha256 = '' } = await read();
  await expect(tiny.publish({ RevisionId: 'other' })).rejects.toMatchObject({
    name: 'PreconditionFailedException',
    status: 412,
  });
  await expect(tiny.publish({ CodeSha256: 'other' })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  await expect(tiny.publish({ Description: 'x'.repeat(257) })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  expect(tiny.versions()).toEqual([]);
  expect((await tiny.publish({ RevisionId, CodeSha256 })).version).toBe('1');
});
