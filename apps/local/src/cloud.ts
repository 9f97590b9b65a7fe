import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Blueprint,
  type FunctionSpec,
  liveAlias,
  physicalName,
  substitutionKey,
} from '@chorus/blueprint';
import { credentials, functionArn } from './account.ts';
import { apiDoor } from './doors/api.ts';
import type { FeatureStore } from './feature-store.ts';
import { localFunctions } from './functions-from-blueprint.ts';
import { currentEnvironment, goLive } from './go-live.ts';
import type { FunctionHost } from './hosts/host.ts';
import { openSavedFunctions } from './lambda/saved-functions.ts';
import { createLambda, type LambdaService } from './lambda/service.ts';
import { createListener } from './listener.ts';
import { createS3, type S3Service } from './s3/index.ts';
import { createStates, type StatesService } from './states/service.ts';

export interface CloudOptions {
  readonly blueprint: Blueprint;
  /** Where functions run. */
  readonly host: FunctionHost;
  /** Where everything is kept, absolute. */
  readonly directory: string;
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** What functions with `featureStore` get; without it they start and find none. The cloud closes it. */
  readonly featureStore?: Promise<FeatureStore>;
}

const loopback = '127.0.0.1';

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

async function listen(server: Server, address: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  return bound.port;
}

/** True of functions that need no weights, and that workflows call: they are live from the beginning. */
function isComplete({ kind }: FunctionSpec): boolean {
  return kind === 'task' || kind === 'http';
}

/**
 * Starts S3, Lambda, Step Functions and the HTTP API on one port of 127.0.0.1. Workers that cannot reach that address,
 * in containers, get the same at an address of theirs.
 *
 * @throws {NodeJS.ErrnoException} EADDRINUSE if the port is taken
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { blueprint, directory, host } = options;
  // Before the port is taken: what cannot be read ends the start, and nothing is left that listens.
  const state = await openSavedFunctions(join(directory, 'lambda.json'));
  const server = createServer({ keepAliveTimeout: 65_000 });
  const servers = [server];
  const url = `http://${loopback}:${await listen(server, loopback, options.port)}`;
  let hostForWorkers = new URL(url).host;
  if (host.address !== loopback) {
    const inner = createServer({ keepAliveTimeout: 65_000 });
    servers.push(inner);
    hostForWorkers = `${host.address}:${await listen(inner, host.address, 0)}`;
  }

  const s3 = await createS3({ directory: join(directory, 's3'), credentials });
  for (const { name, ...rules } of blueprint.buckets)
    await s3.createBucket(physicalName(name), rules);

  const featureStore = await options.featureStore;
  const lambda = createLambda({
    functions: localFunctions(blueprint, host, featureStore),
    host: hostForWorkers,
    directory,
    baseEnvironment: {
      AWS_ENDPOINT_URL: `http://${hostForWorkers}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    state,
  });
  await Promise.all(
    blueprint.functions.filter(isComplete).map(({ name }) => {
      const served = lambda.find(physicalName(name));
      return goLive(served, currentEnvironment(served));
    }),
  );
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
  for (const each of servers) each.on('request', listener.listen);
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
      states.close();
      await lambda.close();
      await featureStore?.close();
      for (const each of servers) {
        const closed = new Promise((resolve) => each.close(resolve));
        each.closeAllConnections();
        await closed;
      }
      await host.close();
    },
  };
}
