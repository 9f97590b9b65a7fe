import { mkdir, rm } from 'node:fs/promises';
import {
  CreateAliasCommand,
  DeleteAliasCommand,
  ListAliasesCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ask, startLambda, type TestLambda } from './testing/start-lambda.ts';

const FunctionName = 'tiny';
let lambda: TestLambda;

beforeEach(async () => {
  lambda = await startLambda();
  // It says there what it could not save.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await lambda.remove();
});

async function restart(): Promise<void> {
  await lambda.stop();
  lambda = await startLambda({ folder: lambda.directory });
}

const setMood = (MOOD: string) =>
  lambda.service.configure(FunctionName, { Environment: { Variables: { MOOD } } });

/** Two versions, and `live` at the first. */
async function prepare(): Promise<void> {
  for (const mood of ['bright', 'dark']) {
    await setMood(mood);
    await lambda.client.send(new PublishVersionCommand({ FunctionName }));
  }
  await lambda.client.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }),
  );
}

/** All that a client sees of the function, but for what a restart makes anew. */
async function state() {
  const { Aliases } = await lambda.client.send(new ListAliasesCommand({ FunctionName }));
  const { Versions } = await lambda.client.send(
    new ListVersionsByFunctionCommand({ FunctionName }),
  );
  return {
    aliases: Aliases,
    versions: Versions?.map(({ Version, Environment }) => [Version, Environment?.Variables]),
    live: (await ask(lambda, { do: 'environment' }, 'tiny:live')).payload.mood,
    latest: (await ask(lambda, { do: 'environment' })).payload.mood,
  };
}

it.each([
  [
    'UpdateAlias',
    () => new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '2' }),
  ],
  ['CreateAlias', () => new CreateAliasCommand({ FunctionName, Name: 'b', FunctionVersion: '2' })],
  ['DeleteAlias', () => new DeleteAliasCommand({ FunctionName, Name: 'live' })],
  [
    'UpdateFunctionConfiguration',
    () =>
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Environment: { Variables: { MOOD: 'sour' } },
      }),
  ],
] as const)(
  '%s that cannot be saved did not happen, before nor after a restart',
  async (_, command) => {
    await prepare();
    const before = await state();
    // A folder in the way of the file's successor fails the write as a full disk does.
    await mkdir(`${lambda.file}.part`);
    await expect(lambda.client.send<never, never>(command() as never)).rejects.toMatchObject({
      name: 'ServiceException',
      $metadata: { httpStatusCode: 500 },
      message: expect.stringContaining(lambda.file),
    });
    expect(await state()).toEqual(before);
    await rm(`${lambda.file}.part`, { recursive: true });
    // The next change that is saved does not bring the one that was not.
    await lambda.client.send(
      new CreateAliasCommand({ FunctionName, Name: 'other', FunctionVersion: '1' }),
    );
    await lambda.client.send(new DeleteAliasCommand({ FunctionName, Name: 'other' }));
    await restart();
    expect(await state()).toEqual(before);
    await lambda.client.send<never, never>(command() as never);
  },
);

it('PublishVersion that cannot be saved did not happen', async () => {
  await prepare();
  await setMood('sour');
  const before = await state();
  await mkdir(`${lambda.file}.part`);
  const publish = () => lambda.client.send(new PublishVersionCommand({ FunctionName }));
  await expect(publish()).rejects.toMatchObject({ name: 'ServiceException' });
  expect(await state()).toEqual(before);
  await rm(`${lambda.file}.part`, { recursive: true });
  await restart();
  expect(await state()).toEqual(before);
  expect((await publish()).Version).toBe('3');
});

it('makes changes one after the other, none of which is lost', async () => {
  await prepare();
  const names = ['a', 'b', 'c', 'd', 'e'];
  await Promise.all(
    names.map((Name) =>
      lambda.client.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: '2' })),
    ),
  );
  const { aliases } = await state();
  expect(aliases?.map(({ Name }) => Name).sort()).toEqual([...names, 'live']);
  await restart();
  expect((await state()).aliases).toEqual(aliases);
});

it('lets only one of several changes of one revision happen', async () => {
  await prepare();
  const { revisionId: RevisionId } = lambda.service.find('tiny').alias('live');
  const moves = ['1', '2', '1', '2'].map((FunctionVersion) =>
    lambda.client.send(
      new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion, RevisionId }),
    ),
  );
  const settled = await Promise.allSettled(moves);
  expect(settled.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'rejected',
  ]);
});
