import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Credentials } from '@chorus/emulator-aws';
import type { LambdaService } from '@chorus/emulator-lambda';
import type { S3Service } from '@chorus/emulator-s3';
import type { StatesService } from '@chorus/emulator-states';
import type { CloudOptions } from './cloud-options.ts';
import { isDocsPath } from './doors/docs-page.ts';
import { matchRoute } from './doors/match-route.ts';
import { createListener } from './listener.ts';
import { openServices } from './open-services.ts';
import { createServers } from './servers.ts';

const loopback = '127.0.0.1';

/** A running local cloud. */
export interface Cloud {
  /** `http://127.0.0.1:8787` */
  readonly url: string;
  /** The credentials that requests to its AWS APIs are signed with. */
  readonly credentials: Credentials;
  readonly s3: S3Service;
  readonly lambda: LambdaService;
  readonly states: StatesService;
  /** Lets requests in flight finish, at most `graceMs`, then stops every worker. @default 2000 */
  close(graceMs?: number): Promise<void>;
}

/**
 * Starts S3, Lambda, Step Functions, DynamoDB, SQS, SNS and the HTTP API on one port of 127.0.0.1. Workers that cannot reach that address,
 * in containers, get the same at an address of theirs.
 *
 * @throws {NodeJS.ErrnoException} EADDRINUSE if the port is taken
 * @throws {LocalCloudError} if what the folder holds cannot be read
 */
export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { host } = options;
  const { credentials } = options.folder;
  // It answers from the first moment on: requests that come before the services are told so.
  const listener = createListener({
    credentials,
    requestId: () => randomUUID(),
    isRoute: (path) => isDocsPath(path) || matchRoute(options.blueprint.routes, path) !== undefined,
    pages: options.pages,
    uploadOrigins: () => servers.origins,
  });
  const servers = createServers(listener.listen);

  try {
    const authority = await servers.open(loopback, options.port);
    const hostForWorkers =
      host.address === loopback ? authority : await servers.open(host.address, 0);
    const { featureStore, callers, chaos, ...services } = await openServices(
      options,
      authority,
      hostForWorkers,
    );
    const { s3, batch, lambda, states, dynamodb, queues, events } = services;
    listener.open(services, options.ready ?? Promise.resolve());
    // Functions can be asked from now on: their workers reach this port.
    batch.resume();
    states.resume();
    lambda.service.keepEnvironments();
    // Models, and the consumers of queues, are live once the routes are open.
    const { ready = Promise.resolve() } = options;
    const resume = () => {
      lambda.resume();
      events.resume();
    };
    ready.then(resume, () => {});
    return {
      url: `http://${authority}`,
      credentials,
      s3: s3.service,
      lambda: lambda.service,
      states: states.service,
      async close(graceMs = 2000) {
        const patience = new AbortController();
        const grace = sleep(graceMs, undefined, { signal: patience.signal }).catch(() => {});
        await Promise.race([Promise.all([listener.drain(), lambda.drain()]), grace]);
        patience.abort();
        options.pages?.close();
        listener.refuseRest();
        chaos.close();
        await events.close();
        await states.close();
        callers.close();
        await batch.close();
        await lambda.close();
        await s3.close();
        await dynamodb.close();
        await queues.close();
        await featureStore?.close();
        await servers.close();
        await host.close();
      },
    };
  } catch (error) {
    await servers.close();
    throw error;
  }
}
