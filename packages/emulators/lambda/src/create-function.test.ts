import { mkdir, rm } from 'node:fs/promises';
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteFunctionCommand,
  GetFunctionCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ask, startLambda, type TestLambda, tinyImage } from './testing/start-lambda.ts';

let lambda: TestLambda;
beforeAll(async () => {
  lambda = await startLambda({ mood: 'calm' });
});
afterAll(() => lambda.remove());
afterEach(() => vi.restoreAllMocks());

const role = 'arn:aws:iam::000000000000:role/local';

const create = (FunctionName: string, input: Partial<CreateFunctionCommandInput> = {}) =>
  lambda.client.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: role,
      PackageType: 'Image',
      Code: { ImageUri: tinyImage },
      ...input,
    }),
  );
const remove = (FunctionName: string) =>
  lambda.client.send(new DeleteFunctionCommand({ FunctionName }));
const read = (FunctionName: string) => lambda.client.send(new GetFunctionCommand({ FunctionName }));
const moodOf = async (name: string) =>
  (await ask(lambda, { do: 'environment' }, name)).payload.mood;

async function restart(names: readonly string[]): Promise<void> {
  await lambda.stop();
  lambda = await startLambda({ folder: lambda.directory, names, mood: 'calm' });
}

describe('a function that is created', () => {
  it('answers at once, with what it was configured to', async () => {
    const created = await create('glad', {
      MemorySize: 256,
      Timeout: 20,
      Description: 'of a test',
      Environment: { Variables: { MOOD: 'glad' } },
    });
    expect(created).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      FunctionName: 'glad',
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:glad',
      Version: '$LATEST',
      State: 'Active',
      PackageType: 'Image',
      MemorySize: 256,
      Timeout: 20,
      Description: 'of a test',
      Environment: { Variables: { MOOD: 'glad' } },
    });
    expect(await moodOf('glad')).toBe('glad');
    expect((await read('glad')).Code?.ImageUri).toBe(tinyImage);
    const { Functions } = await lambda.client.send(new ListFunctionsCommand({}));
    expect(Functions?.map((each) => each.FunctionName)).toEqual(['tiny', 'glad']);
  });

  it('has what Lambda gives one that says no more', async () => {
    expect(await create('plain')).toMatchObject({ MemorySize: 128, Timeout: 3, Description: '' });
  });

  it('is named by an ARN too', async () => {
    const created = await create('arn:aws:lambda:us-east-1:000000000000:function:by-arn');
    expect(created.FunctionName).toBe('by-arn');
  });

  it('has a first version when it is to be published', async () => {
    expect(await create('out', { Publish: true })).toMatchObject({
      Version: '1',
      FunctionArn: expect.stringMatching(/:out:1$/),
    });
    expect((await ask(lambda, { do: 'environment' }, 'out:1')).version).toBe('1');
  });

  it.each([
    ['again', 'tiny', {}, 409, 'ResourceConflictException', 'Function already exist: tiny'],
    ['without a role', 'x', { Role: undefined }, 400, 'ValidationException', "null at 'role'"],
    ['by a role of no ARN', 'x', { Role: 'me' }, 400, 'ValidationException', "'me' at 'role'"],
    ['with a name of spaces', 'a b', {}, 400, 'ValidationException', "'a b' at 'functionName'"],
    ['as a version', 'x:1', {}, 400, 'ValidationException', "'x:1' at 'functionName'"],
    ['elsewhere', 'eu-west-1:x', {}, 400, 'ValidationException', "at 'functionName'"],
    [
      'in another region',
      'arn:aws:lambda:eu-west-1:000000000000:function:x',
      {},
      400,
      'InvalidParameterValueException',
      'FunctionName arn:aws:lambda:eu-west-1',
    ],
    [
      'with a long name',
      'x'.repeat(65),
      {},
      400,
      'InvalidParameterValueException',
      'less than or equal to 64',
    ],
    [
      'from an image that is not there',
      'x',
      { Code: { ImageUri: 'chorus-other:local' } },
      400,
      'InvalidParameterValueException',
      `Source image chorus-other:local does not exist. Provide a valid source image. The local cloud has ${tinyImage}`,
    ],
    [
      'from what every object has',
      'x',
      { Code: { ImageUri: 'constructor' } },
      400,
      'InvalidParameterValueException',
      'Source image constructor does not exist',
    ],
    ['from no image', 'x', { Code: {} }, 400, 'InvalidParameterValueException', 'Code.ImageUri'],
    ['without code', 'x', { Code: undefined }, 400, 'ValidationException', "null at 'code'"],
    ['with no memory', 'x', { MemorySize: 1 }, 400, 'InvalidParameterValueException', 'MemorySize'],
    ['with no time', 'x', { Timeout: 901 }, 400, 'InvalidParameterValueException', 'Timeout'],
    [
      'with a variable that loads code',
      'x',
      { Environment: { Variables: { NODE_OPTIONS: '--import=x' } } },
      400,
      'InvalidParameterValueException',
      'NODE_OPTIONS',
    ],
    ['from an archive', 'x', { PackageType: 'Zip' }, 501, 'NotImplementedException', 'Zip'],
    ['of no type', 'x', { PackageType: undefined }, 501, 'NotImplementedException', 'Zip'],
    [
      'from a bucket',
      'x',
      { Code: { S3Bucket: 'a', S3Key: 'b' } },
      501,
      'NotImplementedException',
      'Code.S3Bucket',
    ],
  ] as const)('%s is refused', async (_, name, input, status, error, message) => {
    await expect(create(name, input as Partial<CreateFunctionCommandInput>)).rejects.toMatchObject({
      name: error,
      message: expect.stringContaining(message),
      $metadata: { httpStatusCode: status },
    });
    expect(lambda.service.list().some((each) => each.spec.name === 'x')).toBe(false);
  });

  it('twice at the same time is there once', async () => {
    const outcomes = await Promise.allSettled([create('twin'), create('twin')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes).toContainEqual({
      status: 'rejected',
      reason: expect.objectContaining({ name: 'ResourceConflictException' }),
    });
  });

  it('and could not be saved is not there', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await mkdir(`${lambda.file}.part`);
    await expect(create('lost')).rejects.toMatchObject({ name: 'ServiceException' });
    await rm(`${lambda.file}.part`, { recursive: true });
    await expect(read('lost')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    expect((await create('lost')).FunctionName).toBe('lost');
  });

  it('outlives a restart with its versions and aliases when the service has it then', async () => {
    await create('kept', { Environment: { Variables: { MOOD: 'kept' } } });
    await lambda.client.send(new PublishVersionCommand({ FunctionName: 'kept' }));
    await lambda.client.send(
      new CreateAliasCommand({ FunctionName: 'kept', Name: 'live', FunctionVersion: '1' }),
    );
    await create('unknown');
    await restart(['tiny', 'kept']);
    expect(await moodOf('kept:live')).toBe('kept');
    await expect(read('unknown')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

describe('a function that is deleted', () => {
  it('is gone with its versions, and its process ends', async () => {
    await create('short', { Publish: true, Environment: { Variables: { MOOD: 'old' } } });
    const { payload } = await ask(lambda, { do: 'environment' }, 'short:1');
    expect(await remove('short')).toMatchObject({ $metadata: { httpStatusCode: 204 } });
    await expect(read('short')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(remove('short')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect.poll(() => isRunning(payload.pid ?? 0)).toBe(false);
  });

  it('finishes what it is asked already', async () => {
    await create('busy', { Timeout: 30 });
    const answer = ask(lambda, { do: 'environment' }, 'busy');
    await remove('busy');
    expect((await answer).payload.version).toBe('$LATEST');
  });

  it('can be created anew, without what it had', async () => {
    await create('again', { Publish: true, Environment: { Variables: { MOOD: 'old' } } });
    await remove('again');
    await create('again', { Environment: { Variables: { MOOD: 'new' } } });
    expect(await moodOf('again')).toBe('new');
    expect(lambda.service.find('again').versions()).toEqual([]);
  });

  it('takes no change that waited for its turn', async () => {
    await create('late');
    const served = lambda.service.find('late');
    const removed = remove('late');
    await expect
      .poll(() => served.update({ Description: 'x' }).catch(({ name }) => name))
      .toBe('ResourceNotFoundException');
    await removed;
    await expect(
      served.invoke(undefined, { requestId: 'r', payload: Buffer.of() }),
    ).rejects.toThrow('Function not found');
  });

  it('stays gone after a restart; one that the service has is there again, as new', async () => {
    await create('gone');
    await remove('gone');
    await remove('tiny');
    await restart(['tiny', 'gone']);
    expect(lambda.service.find('gone').versions()).toEqual([]);
    expect(await moodOf('tiny')).toBe('calm');
  });

  it('is none by the name of a version', async () => {
    await expect(remove('tiny:1')).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
