import {
  CreateAliasCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  type UpdateAliasCommandInput,
} from '@aws-sdk/client-lambda';
import { startLambda, type TestLambda } from '@chorus/emulator-lambda/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveVersionError } from '../errors.ts';
import { readLiveVersions, variablesOf } from './live-versions.ts';

const sha256 = 'ab'.repeat(32);
const FunctionName = 'chorus-svr';
let lambda: TestLambda;
beforeEach(async () => {
  lambda = await startLambda({ names: [FunctionName] });
});
afterEach(() => lambda.remove());

const read = (models: readonly string[]) => readLiveVersions(lambda.client, models, 'production');
const pointTo = (input: Partial<UpdateAliasCommandInput>) =>
  lambda.client.send(new UpdateAliasCommand({ FunctionName, Name: 'live', ...input }));

/** Publishes a version for each environment, and makes the first one live. */
async function publish(...environments: readonly Record<string, string>[]): Promise<void> {
  for (const Variables of environments) {
    await lambda.service.configure(FunctionName, { Environment: { Variables } });
    await lambda.client.send(new PublishVersionCommand({ FunctionName }));
  }
  await lambda.client.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }),
  );
}

const sixth = { MODEL_KEY: 'models/svr/v6/model.onnx' };
const seventh = { MODEL_KEY: 'models/svr/v7/model.onnx', MODEL_SHA256: sha256 };

describe('readLiveVersions', () => {
  it('tells what the alias points to, whatever was published since', async () => {
    await publish(sixth, seventh, { MODEL_KEY: 'models/svr/v8/model.onnx' });
    expect(await read(['svr'])).toEqual({ svr: { version: 'v6' } });
    await pointTo({ FunctionVersion: '2' });
    expect(await read(['svr'])).toEqual({ svr: { version: 'v7', sha256 } });
  });

  it('leaves out what is not deployed, or serves nothing yet', async () => {
    expect(await read(['svr', 'random-forest'])).toEqual({});
    await publish({});
    expect(await read(['svr', 'random-forest'])).toEqual({});
  });

  it('refuses while a promotion shares the requests', async () => {
    await publish(sixth, seventh);
    await pointTo({ RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } } });
    const reading = read(['svr']);
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
