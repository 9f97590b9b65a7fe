import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { type RawRequest, serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import {
  createS3,
  type ObjectCreated,
  type S3Emulator,
  type S3Options,
  type S3Service,
} from '../index.ts';

/** A local S3 on a free port of this machine, with a bucket `box`. */
export interface RunningS3 {
  readonly url: string;
  readonly directory: string;
  readonly service: S3Service;
  readonly handle: S3Emulator['handle'];
  readonly events: readonly ObjectCreated[];
  readonly client: S3Client;
  newClient(config?: S3ClientConfig): S3Client;
  /** Sends a signed request without the SDK: `/box/key`. */
  fetch(path: string, request?: Partial<RawRequest>): Promise<Response>;
  /** Stops the server; the folder stays. */
  stop(): Promise<void>;
  /** Stops the server and removes the folder. */
  remove(): Promise<void>;
}

/** Starts an S3 for a test, in a new folder unless one is given. */
export async function startS3(options: Partial<S3Options> = {}): Promise<RunningS3> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'chorus-s3-')));
  const events: ObjectCreated[] = [];
  const { service, handle } = await createS3({
    onObjectCreated: (event) => void events.push(event),
    credentials: testCredentials,
    ...options,
    directory,
  });
  const port = await serve({ s3: handle });
  const { url } = port;
  const newClient = (config: S3ClientConfig = {}): S3Client =>
    new S3Client({
      endpoint: url,
      region: 'us-east-1',
      credentials: testCredentials,
      maxAttempts: 1,
      systemClockOffset: (options.now?.() ?? Date.now()) - Date.now(),
      ...config,
    });
  const client = newClient();
  await client.send(new CreateBucketCommand({ Bucket: 'box' }));
  const stop = async (): Promise<void> => {
    client.destroy();
    await port.close();
  };
  const remove = async (): Promise<void> => {
    await stop();
    await rm(directory, { recursive: true });
  };
  return {
    url,
    directory,
    service,
    handle,
    events,
    client,
    newClient,
    fetch: (path, request) =>
      signedFetch({ url: url + path, service: 's3', credentials: testCredentials, ...request }),
    stop,
    remove,
  };
}
