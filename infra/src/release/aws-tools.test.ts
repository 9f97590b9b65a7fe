import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { startLambda } from '@chorus/emulator-lambda/testing';
import { startS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withAwsTools } from './aws-tools.ts';
import type { DeploymentTools } from './deployment.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-tools-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Puts a program in the place of the CDK's command line: `$@` are its arguments, `$OUTPUTS` where its outputs go. */
async function becomeCdk(script: string): Promise<void> {
  const file = join(folder, 'cdk');
  await writeFile(
    file,
    `#!/bin/sh\nfor each in "$@"; do OUTPUTS=$each; done\necho "$MORE $*" >> ${folder}/asked\n${script}\n`,
  );
  await chmod(file, 0o755);
}

const work = <Result>(
  inside: (tools: DeploymentTools) => Promise<Result>,
  models: readonly string[] = [],
): Promise<Result> => withAwsTools('staging', models, { PATH: `${folder}:/usr/bin:/bin` }, inside);

describe('the CDK', () => {
  it('is run with more variables, and what it deploys is known afterwards', async () => {
    await becomeCdk(`echo '{"chorus-staging-'$2'":{"Name":"'$2'-name"}}' > "$OUTPUTS"`);
    await work(async ({ cdk, output }) => {
      await cdk(['deploy', 'foundation'], { MORE: 'one' });
      await cdk(['deploy', 'serving'], { MORE: 'two' });
      expect(output('foundation', 'Name')).toBe('foundation-name');
      expect(output('serving', 'Name')).toBe('serving-name');
      expect(() => output('serving', 'Other')).toThrow(
        'chorus-staging-serving has no output Other; deploy it again',
      );
    });
    const asked = await readFile(join(folder, 'asked'), 'utf8');
    expect(asked).toMatch(
      /^one deploy foundation --outputs-file \S+\ntwo deploy serving --outputs-file \S+\n$/,
    );
  });

  it.each([
    ['fails', 'exit 3'],
    ['is killed', 'kill -9 $$'],
  ])('that %s fails the deployment', async (_, script) => {
    await becomeCdk(`echo '{}' > "$OUTPUTS"; ${script}`);
    await expect(work(({ cdk }) => cdk(['deploy'], {}))).rejects.toThrow(
      /^cdk deploy --outputs-file \S+ failed; its last lines say why$/,
    );
  });

  it('that is not installed fails the deployment', async () => {
    await expect(work(({ cdk }) => cdk(['deploy'], {}))).rejects.toThrow('ENOENT');
  });

  it.each([false, true])(
    'has a folder for its outputs while it works (fails: %s)',
    async (fails) => {
      let outputs = '';
      await becomeCdk(`echo '{}' > "$OUTPUTS"`);
      const working = work(async ({ cdk }) => {
        await cdk(['deploy'], {});
        outputs = dirname(
          (await readFile(join(folder, 'asked'), 'utf8')).trim().split(' ').at(-1) ?? '',
        );
        expect(existsSync(outputs)).toBe(true);
        if (fails) throw new Error('it fails');
        return 'done';
      });
      if (fails) await expect(working).rejects.toThrow('it fails');
      else expect(await working).toBe('done');
      expect(existsSync(outputs)).toBe(false);
    },
  );
});

it('no promotion of any model can begin while a deployment has its locks', async () => {
  const s3 = await startS3();
  vi.stubEnv('AWS_ENDPOINT_URL', s3.url);
  const { accessKeyId, secretAccessKey } = await s3.client.config.credentials();
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  const locks = async () =>
    (await s3.client.send(new ListObjectsV2Command({ Bucket: 'box' }))).Contents?.map(
      ({ Key }) => Key,
    ) ?? [];
  try {
    await work(
      async ({ whileLocked }) => {
        expect(await whileLocked('box', locks)).toEqual(['locks/one.json', 'locks/two.json']);
        expect(await locks()).toEqual([]);
      },
      ['one', 'two'],
    );
  } finally {
    await s3.remove();
  }
});

it('asks the functions of its stage', async () => {
  const lambda = await startLambda({ names: ['chorus-staging-one'] });
  vi.stubEnv('AWS_ENDPOINT_URL', lambda.url);
  const { accessKeyId, secretAccessKey } = await lambda.client.config.credentials();
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  const served = lambda.service.find('chorus-staging-one');
  await lambda.service.configure('chorus-staging-one', {
    Environment: { Variables: { MODEL_KEY: 'models/one/v4/model.onnx' } },
  });
  await served.publish({});
  await served.createAlias({ Name: 'live', FunctionVersion: '1' });
  try {
    await work(
      async ({ invoke, liveVersions }) => {
        expect(await liveVersions()).toEqual({ one: { version: 'v4' } });
        expect(await invoke('one', { do: 'echo' })).toEqual({ do: 'echo' });
      },
      ['one', 'two'],
    );
  } finally {
    await lambda.remove();
  }
});
