import { afterEach, describe, expect, it } from 'vitest';
import { LiveVersionError } from './errors.ts';
import { readLiveVersions, variablesOf } from './live-versions.ts';
import { type FakeAlias, fakeLambda } from './testing/fake-lambda.ts';

const sha256 = 'ab'.repeat(32);
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function read(functions: Readonly<Record<string, FakeAlias>>, models: readonly string[]) {
  const { client, close } = await fakeLambda(functions);
  closing.push(close);
  return readLiveVersions(client, models, 'chorus');
}

const promoted: FakeAlias = {
  functionVersion: '5',
  environments: {
    4: { MODEL_KEY: 'models/svr/v6/model.onnx' },
    5: { MODEL_KEY: 'models/svr/v7/model.onnx', MODEL_SHA256: sha256 },
  },
};

describe('readLiveVersions', () => {
  it('tells what the alias points to, whatever was published since', async () => {
    expect(await read({ 'chorus-svr': promoted }, ['svr'])).toEqual({
      svr: { version: 'v7', sha256 },
    });
    const rolledBack = { ...promoted, functionVersion: '4' };
    expect(await read({ 'chorus-svr': rolledBack }, ['svr'])).toEqual({ svr: { version: 'v6' } });
  });

  it('leaves out what is not deployed, or serves nothing yet', async () => {
    const empty = { functionVersion: '1', environments: { 1: {} } };
    expect(await read({ 'chorus-svr': empty }, ['svr', 'random-forest'])).toEqual({});
  });

  it('refuses while a promotion shares the requests', async () => {
    const canary = { ...promoted, weights: { 6: 0.1 } };
    const reading = read({ 'chorus-svr': canary }, ['svr']);
    await expect(reading).rejects.toThrow(LiveVersionError);
    await expect(reading).rejects.toThrow('svr is being promoted');
  });
});

describe('variablesOf', () => {
  it('is what the synthesis of the stage reads', () => {
    const versions = { 'random-forest': { version: 'v7', sha256 }, svr: { version: 'v1' } };
    expect(variablesOf(versions, 'production')).toEqual({
      RANDOM_FOREST_MODEL_VERSION: 'v7',
      RANDOM_FOREST_MODEL_SHA256: sha256,
      SVR_MODEL_VERSION: 'v1',
    });
    expect(variablesOf({ svr: { version: 'v1' } }, 'staging')).toEqual({
      STAGING_SVR_MODEL_VERSION: 'v1',
    });
  });
});
