import { describe, expect, it } from 'vitest';
import { LiveVersionError } from '../errors.ts';
import { readLivePins } from './live-pins.ts';
import { type FakeAws, fakeAws } from './testing/fake-aws.ts';
import { smallService as blueprint } from './testing/small-service.ts';

const reading = ({ tools }: FakeAws, asked = {}) =>
  readLivePins({ tools, blueprint, stage: 'staging' }, asked);

/** Has a bucket of models, in which there are these versions. */
function withModels(versions: readonly string[]): FakeAws {
  const aws = fakeAws();
  aws.cloud.stacks.set('chorus-staging-foundation', {
    status: 'CREATE_COMPLETE',
    template: '',
    outputs: { ModelBucket: 'models' },
    isProtected: true,
    tags: {},
  });
  for (const name of ['one', 'two']) aws.cloud.registry.set(name, [...versions]);
  return aws;
}

function deploy(
  { cloud }: FakeAws,
  name: string,
  model: string | undefined,
  canaries: string[] = [],
) {
  const version = { code: 'x', model: model === undefined ? undefined : { version: model } };
  cloud.functions.set(`chorus-staging-${name}`, {
    versions: [version, version, version],
    aliases: { live: { version: '3', canaries } },
    reserved: 0,
    ready: [],
  });
}

describe('the versions that templates are made with', () => {
  it('are the first ones before anything is deployed', async () => {
    expect(await reading(fakeAws())).toEqual({
      stage: 'staging',
      functions: { one: { model: { version: 'v1' } }, two: { model: { version: 'v1' } } },
    });
  });

  it('are those that answer, and for a model that does not the newest, with its checksum', async () => {
    const aws = withModels(['v1', 'v2']);
    deploy(aws, 'one', 'v1');
    deploy(aws, 'store', undefined);
    // Deployed before it had weights.
    deploy(aws, 'two', undefined);
    expect((await reading(aws)).functions).toEqual({
      one: { live: '3', model: { version: 'v1' } },
      two: { live: '3', model: { version: 'v2', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } },
      store: { live: '3' },
    });
  });

  it('are those that are asked for, if the registry has them', async () => {
    const aws = withModels(['v1', 'v2']);
    deploy(aws, 'one', 'v1');
    expect((await reading(aws, { one: 'v2' })).functions['one']).toMatchObject({
      live: '3',
      model: { version: 'v2' },
    });
    await expect(reading(aws, { one: 'v9' })).rejects.toThrow('one has no version v9');
  });

  it('cannot be told while requests are being moved', async () => {
    const aws = withModels(['v1']);
    deploy(aws, 'store', undefined, ['4']);
    await expect(reading(aws)).rejects.toThrow(LiveVersionError);
    await expect(reading(aws)).rejects.toThrow(
      'chorus-staging-store shares requests with its version 4',
    );
  });
});
