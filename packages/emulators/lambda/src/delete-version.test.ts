import {
  CreateAliasCommand,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterEach, expect, it } from 'vitest';
import { ask, startLambda, type TestLambda } from './testing/start-lambda.ts';

let running: TestLambda;
afterEach(() => running.remove());

const FunctionName = 'tiny';

/** Publishes a version that differs from every other. */
async function publish(mood: string): Promise<string | undefined> {
  await running.service.configure(FunctionName, { Environment: { Variables: { MOOD: mood } } });
  return (await running.client.send(new PublishVersionCommand({ FunctionName }))).Version;
}

const remove = (Qualifier: string) =>
  running.client.send(new DeleteFunctionCommand({ FunctionName, Qualifier }));

async function versions(): Promise<readonly (string | undefined)[]> {
  const { Versions = [] } = await running.client.send(
    new ListVersionsByFunctionCommand({ FunctionName }),
  );
  return Versions.map(({ Version }) => Version);
}

it('deletes a published version, whose number is not given again, also after a restart', async () => {
  running = await startLambda();
  expect([await publish('a'), await publish('b')]).toEqual(['1', '2']);
  expect((await ask(running, { do: 'environment' }, 'tiny:2')).version).toBe('2');
  await remove('2');
  expect(await versions()).toEqual(['$LATEST', '1']);
  await expect(ask(running, {}, 'tiny:2')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect.poll(() => running.service.processes).toBe(0);
  const { directory } = running;
  await running.stop();
  running = await startLambda({ folder: directory });
  expect(await publish('c')).toBe('3');
  expect(await versions()).toEqual(['$LATEST', '1', '3']);
});

it('refuses one that an alias names, one that is not there, and $LATEST', async () => {
  running = await startLambda();
  await publish('a');
  const alias = { FunctionName, Name: 'live' };
  await running.client.send(new CreateAliasCommand({ ...alias, FunctionVersion: '1' }));
  await expect(remove('1')).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: expect.stringContaining('alias live'),
  });
  await expect(remove('9')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  for (const qualifier of ['$LATEST', 'live'])
    await expect(remove(qualifier)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  await running.client.send(new DeleteAliasCommand(alias));
  await remove('1');
  expect(await versions()).toEqual(['$LATEST']);
});
