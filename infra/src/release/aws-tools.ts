import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { physicalName } from '@chorus/blueprint';
import { withLock } from '@chorus/promotion';
import { createRegistry } from '@chorus/registry';
import type { Variables } from '../env.ts';
import { InfraError } from '../errors.ts';
import { uploadPages } from '../pages/upload-pages.ts';
import type { DeploymentTools } from './deployment.ts';
import { invokeLive } from './invoke-live.ts';
import { readLiveVersions } from './live-versions.ts';

/** Runs a program in this package's folder; its output is shown on stderr, so that stdout stays for answers. */
async function run(
  command: string,
  parameters: readonly string[],
  variables: Variables,
): Promise<void> {
  const child = spawn(command, [...parameters], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...variables },
    stdio: ['inherit', 2, 2],
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0)
    throw new InfraError(`${command} ${parameters.join(' ')} failed; its last lines say why`);
}

/**
 * The tools of a deployment at AWS, with the usual credentials.
 *
 * @param variables environment of the CDK's command line
 */
export async function withAwsTools<Result>(
  stage: string,
  models: readonly string[],
  variables: Variables,
  work: (tools: DeploymentTools) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'chorus-deploy-'));
  const outputs = join(folder, 'outputs.json');
  const lambda = new LambdaClient({});
  const s3 = new S3Client({});
  const deployed: Record<string, Readonly<Record<string, string>>> = {};

  async function whileLocked<Of>(
    bucket: string,
    inside: () => Promise<Of>,
    [model, ...others]: readonly string[] = models,
  ): Promise<Of> {
    if (model === undefined) return inside();
    const location = { client: s3, bucket };
    return withLock(location, model, { purpose: `deploy ${stage}` }, () =>
      whileLocked(bucket, inside, others),
    );
  }

  try {
    return await work({
      async cdk(parameters, more) {
        await run('cdk', [...parameters, '--outputs-file', outputs], { ...variables, ...more });
        Object.assign(deployed, JSON.parse(await readFile(outputs, 'utf8')));
      },
      output(stack, name) {
        const stackName = physicalName(stack, stage);
        const value = deployed[stackName]?.[name];
        if (value === undefined)
          throw new InfraError(`${stackName} has no output ${name}; deploy it again`);
        return value;
      },
      registry: (bucket) => createRegistry({ client: s3, bucket }),
      liveVersions: () => readLiveVersions(lambda, models, stage),
      whileLocked,
      invoke: (name, event) => invokeLive(lambda, physicalName(name, stage), event),
      uploadPages: (bucket, from) => uploadPages({ client: s3, bucket }, from, new Date()),
      pause: (ms) => setTimeout(ms),
    });
  } finally {
    lambda.destroy();
    s3.destroy();
    await rm(folder, { recursive: true });
  }
}
