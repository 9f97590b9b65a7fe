import { startLambda, type TestLambda } from '@chorus/emulator-lambda/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionTools } from './function-tools.ts';

let lambda: TestLambda;
beforeAll(async () => {
  lambda = await startLambda({ names: ['one', 'bare'] });
  await lambda.service.configure('one', {
    Environment: {
      Variables: { MODEL_KEY: 'models/one/v4/model.onnx', MODEL_SHA256: 'ab'.repeat(32) },
    },
  });
  const served = lambda.service.find('one');
  await served.publish({});
  await lambda.service.configure('one', { Environment: { Variables: { MOOD: 'fails' } } });
  await served.publish({});
  await served.createAlias({ Name: 'live', FunctionVersion: '1' });
});
afterAll(() => lambda.remove());

describe('the functions at Lambda', () => {
  it('have the aliases that they have, and those that there are not are undefined', async () => {
    const tools = functionTools(lambda.client);
    expect(await tools.alias('one', 'live')).toEqual({ version: '1', canaries: [] });
    expect(await tools.alias('one', 'next')).toBeUndefined();
    expect(await tools.alias('none', 'live')).toBeUndefined();
  });

  it('tell the model of a version, if it has one', async () => {
    const tools = functionTools(lambda.client);
    expect(await tools.model('one', '1')).toEqual({ version: 'v4', sha256: 'ab'.repeat(32) });
    expect(await tools.model('one', '2')).toBeUndefined();
  });

  it('are moved from one version to another, all of it', async () => {
    const tools = functionTools(lambda.client);
    const served = lambda.service.find('one');
    await served.createAlias({
      Name: 'moving',
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.1 } },
    });
    expect(await tools.alias('one', 'moving')).toEqual({ version: '1', canaries: ['2'] });
    await tools.moveAlias('one', 'moving', '2');
    expect(await tools.alias('one', 'moving')).toEqual({ version: '2', canaries: [] });
  });

  it('answer by an alias, and what they fail with is named', async () => {
    const tools = functionTools(lambda.client);
    expect(await tools.invoke('one', 'live', { do: 'echo' })).toEqual({ do: 'echo' });
    await expect(tools.invoke('one', '2', { chorus: 'migrate' })).rejects.toMatchObject({
      name: 'InvocationError',
      errorType: 'RangeError',
      message: 'one:2 failed on {"chorus":"migrate"}: RangeError: no such row',
    });
  });
});
