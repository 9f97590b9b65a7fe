import {
  CreateAliasCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type InvokeCommandInput,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  type UpdateFunctionConfigurationCommandInput,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameters } from './parameters.ts';
import { askRaw, startLambda, type TestLambda } from './testing/start-lambda.ts';

const FunctionName = 'tiny';
let lambda: TestLambda;
beforeAll(async () => {
  lambda = await startLambda();
});
afterAll(() => lambda.remove());

const raw = (method: string, path: string, body?: string, headers = {}) =>
  askRaw(lambda, method, path, body, headers);

const functions = '/2015-03-31/functions';
const invoke = (input: Partial<InvokeCommandInput> = {}) =>
  lambda.client.send(new InvokeCommand({ FunctionName, ...input }));
const update = (input: Partial<UpdateFunctionConfigurationCommandInput>) =>
  lambda.client.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...input }));

describe('a request that is not well formed', () => {
  const deep = '['.repeat(5000) + ']'.repeat(5000);
  const bodies = ['null', '[]', '1', '"x"', '{', '%', deep, `{"Description":${deep}}`];
  const written = [
    ['POST', '/'],
    ['PUT', '/tiny/configuration'],
    ['POST', '/tiny/versions'],
    ['POST', '/tiny/aliases'],
  ] as const;

  it.each(written.flatMap(([method, path]) => bodies.map((body) => [method, path, body] as const)))(
    '%s %s with %.20s is a 400',
    async (method, path, body) => {
      expect(await raw(method, functions + path, body)).toMatchObject({
        status: 400,
        type: expect.stringMatching(/^(InvalidRequestContent|Serialization)Exception$/),
        message: expect.stringMatching(/\w/),
      });
    },
  );

  it('5,000 levels in an event reach the function', async () => {
    const answer = await raw('POST', `${functions}/tiny/invocations`, deep).catch(() => undefined);
    expect(answer?.status).toBe(200);
  });

  it.each([
    `${functions}/%/configuration`,
    `${functions}/%ff/configuration`,
    `${functions}/tiny/aliases/%e0%a4`,
    '//[',
  ])('%s is a 400', async (path) => {
    expect(await raw('GET', path)).toMatchObject({
      status: 400,
      type: 'InvalidRequestContentException',
    });
  });

  it.each([
    ['MemorySize', '"128"'],
    ['MemorySize', '{}'],
    ['Timeout', 'true'],
    ['Description', '1'],
    ['RevisionId', '[]'],
    ['Environment', '"x"'],
    ['Environment', '[]'],
    ['Environment', '{"Variables":[]}'],
    ['Environment', '{"Variables":{"MOOD":1}}'],
    ['Environment', '{"Variables":{"MOOD":null}}'],
  ])('%s must not be %s', async (name, value) => {
    const body = `{"${name}":${value}}`;
    expect(await raw('PUT', `${functions}/tiny/configuration`, body)).toMatchObject({
      status: 400,
      type: 'SerializationException',
      message: expect.stringContaining(name),
    });
  });

  it('what is null is as good as absent', async () => {
    const body = '{"Description":null,"Environment":null,"VpcConfig":null}';
    expect((await raw('PUT', `${functions}/tiny/configuration`, body)).status).toBe(200);
  });
});

describe('a parameter that would be ignored', () => {
  const refused = Object.entries(parameters).flatMap(([operation, { refused: names = [] }]) =>
    names.map((name) => [operation, name] as const),
  );
  const routes: Readonly<Record<string, readonly [string, string]>> = {
    CreateFunction: ['POST', '/'],
    UpdateFunctionConfiguration: ['PUT', '/tiny/configuration'],
    PublishVersion: ['POST', '/tiny/versions'],
  };

  it.each(refused)('of %s is refused by name: %s', async (operation, name) => {
    const [method, path] = routes[operation] ?? ['GET', `/?${name}=x`];
    const body = path.includes('?') ? undefined : JSON.stringify({ [name]: {} });
    expect(await raw(method, functions + path, body)).toEqual({
      status: 501,
      type: 'NotImplementedException',
      message: `The local cloud does not do ${name} in ${operation}.`,
    });
  });

  it.each([
    ['GET', '/tiny/configuration?Marker=1', undefined, 'Marker'],
    ['GET', '/tiny/aliases/live?Qualifier=1', undefined, 'Qualifier'],
    ['PUT', '/tiny/configuration', '{"Environment":{"Secrets":{}}}', 'Environment.Secrets'],
    ['POST', '/tiny/aliases', '{"RoutingConfig":{"Weights":{}}}', 'RoutingConfig.Weights'],
    ['POST', '/tiny/versions', '{"__proto__":{}}', '__proto__'],
  ])('is refused by name: %s %s %s', async (method, path, body, name) => {
    const { status, message } = await raw(method, functions + path, body);
    expect(status).toBe(501);
    expect(message).toContain(`does not do ${name} in`);
  });

  it('so is an operation', async () => {
    expect(await raw('PUT', `${functions}/tiny/code`)).toEqual({
      status: 501,
      type: 'NotImplementedException',
      message: "The local cloud's Lambda does not do PUT /2015-03-31/functions/tiny/code.",
    });
  });
});

describe('a function’s name', () => {
  const arn = (region: string, account: string) =>
    `arn:aws:lambda:${region}:${account}:function:tiny`;

  it.each([arn('us-east-1', '000000000000'), '000000000000:function:tiny', 'function:tiny'])(
    'may be %s',
    async (name) => {
      expect((await invoke({ FunctionName: name })).StatusCode).toBe(200);
    },
  );

  it('is not one of another region or account', async () => {
    const missing = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(invoke({ FunctionName: arn('eu-west-1', '000000000000') })).rejects.toMatchObject({
      ...missing,
      message: "Functions from 'eu-west-1' are not reachable in this region ('us-east-1')",
    });
    for (const name of [arn('us-east-1', '123456789012'), '123456789012:tiny'])
      await expect(invoke({ FunctionName: name })).rejects.toMatchObject(missing);
  });

  it('takes no version where there is only $LATEST to change', async () => {
    const name = { FunctionName: 'tiny:1', MemorySize: 256 };
    await expect(update(name)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    await expect(
      lambda.client.send(new ListAliasesCommand({ FunctionName: 'tiny:live' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  });
});

describe('a configuration', () => {
  it.each([
    { MemorySize: 127 },
    { MemorySize: 10_241 },
    { MemorySize: 128.5 },
    { Timeout: 0 },
    { Timeout: 901 },
    { Description: 'x'.repeat(257) },
    { Environment: { Variables: { NODE_OPTIONS: '--import=data:text/javascript,0' } } },
    { Environment: { Variables: { AWS_REGION: 'eu-west-1' } } },
  ])('is not %j', async (change) => {
    const before = await lambda.client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    await expect(update(change)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      $metadata: { httpStatusCode: 400 },
    });
    const after = await lambda.client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(after.RevisionId).toBe(before.RevisionId);
  });

  it.each([
    { MemorySize: 128, Timeout: 1, Description: 'x'.repeat(256) },
    { MemorySize: 10_240, Timeout: 900, Description: '' },
    { MemorySize: 128, Timeout: 20 },
  ])('may be %j', async (change) => {
    await lambda.service.configure(FunctionName, change);
    const read = await lambda.client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(read).toMatchObject(change);
  });
});

describe('a list', () => {
  beforeAll(async () => {
    for (const MOOD of ['a', 'b', 'c']) {
      await lambda.service.configure(FunctionName, { Environment: { Variables: { MOOD } } });
      await lambda.client.send(new PublishVersionCommand({ FunctionName }));
    }
    for (const [Name, FunctionVersion] of [
      ['first', '1'],
      ['second', '2'],
      ['latest', '$LATEST'],
    ])
      await lambda.client.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion }));
  });

  const versions = async (input: object) => {
    const answer = await lambda.client.send(
      new ListVersionsByFunctionCommand({ FunctionName, ...input }),
    );
    return [answer.Versions?.map(({ Version }) => Version), answer.NextMarker];
  };

  it('comes in pages of the size asked for, each once', async () => {
    expect(await versions({})).toEqual([['$LATEST', '1', '2', '3'], undefined]);
    expect(await versions({ MaxItems: 4 })).toEqual([['$LATEST', '1', '2', '3'], undefined]);
    expect(await versions({ MaxItems: 3 })).toEqual([['$LATEST', '1', '2'], '3']);
    expect(await versions({ MaxItems: 3, Marker: '3' })).toEqual([['3'], undefined]);
    expect(await versions({ MaxItems: 1, Marker: '2' })).toEqual([['2'], '3']);
    expect(await versions({ Marker: '9' })).toEqual([[], undefined]);
    expect(await versions({ MaxItems: 10_000 })).toEqual([['$LATEST', '1', '2', '3'], undefined]);
  });

  it.each(['0', '-1', '10001', '1.5', 'x', ''])('has no MaxItems of %j', async (size) => {
    expect(await raw('GET', `${functions}/tiny/versions?MaxItems=${size}`)).toMatchObject({
      status: 400,
      type: 'ValidationException',
    });
  });

  it.each(['-1', '1.5', 'x', ''])('has no Marker of %j', async (marker) => {
    expect(await raw('GET', `${functions}/tiny/versions?Marker=${marker}`)).toMatchObject({
      status: 400,
      type: 'InvalidParameterValueException',
    });
  });

  it('of aliases may be of one version', async () => {
    const of = async (FunctionVersion: string) => {
      const answer = await lambda.client.send(
        new ListAliasesCommand({ FunctionName, FunctionVersion }),
      );
      return answer.Aliases?.map(({ Name }) => Name);
    };
    expect(await of('2')).toEqual(['second']);
    expect(await of('$LATEST')).toEqual(['latest']);
    expect(await of('3')).toEqual([]);
    await expect(of('live')).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('of functions is of the newest, or of every version', async () => {
    const of = async (input: object) => {
      const { Functions } = await lambda.client.send(new ListFunctionsCommand(input));
      return Functions?.map(({ Version }) => Version);
    };
    expect(await of({})).toEqual(['$LATEST']);
    expect(await of({ FunctionVersion: 'ALL' })).toEqual(['$LATEST', '1', '2', '3']);
    await expect(of({ FunctionVersion: 'SOME' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
