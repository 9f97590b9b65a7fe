import { join } from 'node:path';
import { ListMapRunsCommand } from '@aws-sdk/client-sfn';
import { testCredentials } from '@chorus/emulator-aws/testing';
import { createS3 } from '@chorus/emulator-s3';
import type { CallService } from '../tasks/service-callers.ts';
import { callerOf } from './s3-caller.ts';
import { startStandard, type TestStates } from './start-standard.ts';

/** A Step Functions service of a test, beside an S3 with a bucket `box`. */
export interface TestMapRuns extends TestStates {
  put(key: string, body: string): Promise<void>;
  /** Reads an object of the bucket. */
  text(key: string): Promise<string>;
  json(key: string): Promise<Record<string, unknown>>;
  /** Returns the ARN of the execution's last Map Run. */
  mapRun(execution: string): Promise<string>;
}

type Options = Omit<Parameters<typeof startStandard>[0], 'callers'> & {
  /** Stands between the service and S3. */
  readonly through?: (call: CallService) => CallService;
};

/** Starts both until the test ends. */
export async function startMapRuns({
  through = (call) => call,
  directory,
  ...options
}: Options): Promise<TestMapRuns> {
  const s3 = await createS3({ directory: join(directory, 's3'), credentials: testCredentials });
  await s3.service.createBucket('box');
  const call = callerOf(s3.service);
  const { signal } = new AbortController();
  const states = await startStandard({
    ...options,
    directory: join(directory, 'states'),
    callers: { s3: through(call) },
  });
  async function text(Key: string): Promise<string> {
    const { Body } = await call('GetObject', { Bucket: 'box', Key }, signal);
    const chunks: Uint8Array[] = [];
    for await (const chunk of Body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }
  return Object.assign(states, {
    async put(Key: string, body: string) {
      await call('PutObject', { Bucket: 'box', Key, Body: Buffer.from(body) }, signal);
    },
    text,
    json: async (key: string) => JSON.parse(await text(key)),
    async mapRun(executionArn: string) {
      const { mapRuns } = await states.client.send(new ListMapRunsCommand({ executionArn }));
      return mapRuns?.[0]?.mapRunArn ?? '';
    },
  });
}
