import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Blueprint, liveAlias, physicalName, substitutionKey } from '@chorus/blueprint';
import { credentials, functionArn } from './account.ts';
import { apiDoor } from './doors/api.ts';
import { localFunctions } from './functions-from-blueprint.ts';
import { openSavedFunctions } from './lambda/saved-functions.ts';
import { createLambda, type LambdaService } from './lambda/service.ts';
import { createListener } from './listener.ts';
import { createS3, type S3Service } from './s3/index.ts';
import { createStates, type StatesService } from './states/service.ts';

export interface CloudOptions {
  readonly blueprint: Blueprint;
  /** The repository's root, absolute: functions are started from their folders in it. */
  readonly root: string;
  /** Where everything is kept, absolute. */
  readonly directory: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** PATH for the worker processes. */
  readonly path: string;
}

/** A running local cloud. */
export interface Cloud {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  readonly s3: S3Service;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  /** Lets requests in flight finish, at most `graceMs`, then stops every worker. @default 2000 */
  close(graceMs?: number): Promise<void>;
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/**
 * Starts S3, Lambda, Step Functions and the HTTP API on one port of 127.0.0.1.
 *
 * @throws {NodeJS.ErrnoException} EADDRINUSE if the port is taken
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { blueprint, directory } = options;
  const server = createServer({ keepAliveTimeout: 65_000 });
  const host = `127.0.0.1:${await listen(server, options.port)}`;
  const url = `http://${host}`;

  const s3 = await createS3({ directory: join(directory, 's3'), credentials });
  for (const bucket of blueprint.buckets) await s3.createBucket(physicalName(bucket.name));

  const lambda = createLambda({
    functions: localFunctions(blueprint, options.root),
    host,
    directory,
    baseEnvironment: {
      PATH: options.path,
      TZ: 'UTC',
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      NODE_COMPILE_CACHE: join(directory, 'compile-cache'),
    },
    state: await openSavedFunctions(join(directory, 'lambda.json')),
  });
  const states = createStates({
    machines: blueprint.workflows.map(({ name, definition, functions }) => ({
      name: physicalName(name),
      definition,
      substitutions: Object.fromEntries(
        functions.map((each) => [
          substitutionKey(each),
          `${functionArn(physicalName(each))}:${liveAlias}`,
        ]),
      ),
    })),
    lambda,
  });

  const api = apiDoor({ blueprint, lambda, states });
  const listener = createListener({ s3, lambda, states, api, requestId: () => randomUUID() });
  server.on('request', listener.listen);
  return {
    url,
    s3,
    lambda,
    states,
    async close(graceMs = 2000) {
      const patience = new AbortController();
      const grace = sleep(graceMs, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([listener.drain(), grace]);
      patience.abort();
      await lambda.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
