import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@chorus/asl';
import {
  type Blueprint,
  checkJobs,
  type FunctionSpec,
  isExpress,
  liveAlias,
  needsOfWorkflow,
  physicalName,
  substitutionKey,
} from '@chorus/blueprint';
import type { Credentials } from '@chorus/emulator-aws';
import { functionArn, region } from '@chorus/emulator-aws';
import { createBatch } from '@chorus/emulator-batch';
import { createDynamodb } from '@chorus/emulator-dynamodb';
import { createEvents } from '@chorus/emulator-events';
import { createLambda, type LambdaService, openSavedFunctions } from '@chorus/emulator-lambda';
import { createLogs } from '@chorus/emulator-logs';
import { createQueues } from '@chorus/emulator-queues';
import { createS3, type S3Service } from '@chorus/emulator-s3';
import { createStates, type StatesEmulator, type StatesService } from '@chorus/emulator-states';
import { createSts } from '@chorus/emulator-sts';
import type { Pages } from '@chorus/pages';
import type { Folder } from './access/folder.ts';
import { createAdmission } from './admission.ts';
import { capacityOf } from './capacity.ts';
import { type Chaos, createChaos } from './chaos/chaos.ts';
import { chaosApi } from './chaos/chaos-api.ts';
import { faultyQueues } from './chaos/queues.ts';
import { serviceFaults } from './chaos/service-faults.ts';
import { faultyTables } from './chaos/tables.ts';
import { chaosTargets, logicalName } from './chaos/targets.ts';
import { apiDoor } from './doors/api.ts';
import { isDocsPath } from './doors/docs-page.ts';
import { matchRoute } from './doors/match-route.ts';
import {
  announceObjects,
  callEvents,
  eventsOf,
  invokeFunctions,
  sendMessages,
  startExecutions,
} from './events.ts';
import type { FeatureStore } from './feature-store.ts';
import { forgetUnknown } from './forget-unknown.ts';
import { localFunctions, localImages, namesForDefinition } from './functions-from-blueprint.ts';
import { currentEnvironment, goLive } from './go-live.ts';
import type { FunctionHost } from './hosts/host.ts';
import { askBatch, localJobs } from './jobs.ts';
import { createListener, type Services } from './listener.ts';
import { ensureMessaging, eventSources } from './messaging.ts';
import { openCallers } from './service-callers.ts';

export interface CloudOptions {
  readonly blueprint: Blueprint;
  /** The host that functions run on. */
  readonly host: FunctionHost;
  /** The folder of all data. The caller releases it once the cloud is closed. */
  readonly folder: Folder;
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The store for functions with `featureStore`; without it they start and find none. The cloud closes it. */
  readonly featureStore?: Promise<FeatureStore>;
  /** Until it resolves, routes of the API answer 503 with Retry-After; if it rejects, they go on doing so. */
  readonly ready?: Promise<unknown>;
  /** The blueprint's pages; without them there are none. The cloud closes them. */
  readonly pages?: Pages;
  /** Requests in flight; the others get 429. @default by cores and memory, see `capacityOf` */
  readonly inFlight?: number;
  /** The clock that faults on purpose end by. @default the time of day */
  readonly chaosClock?: Clock;
  /** Called with a line for a person. @default nothing is said */
  report?(line: string): void;
}

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

/** The parts that are closed together with the services. */
interface Opened {
  readonly featureStore: FeatureStore | undefined;
  readonly callers: ReturnType<typeof openCallers>;
  readonly chaos: Chaos;
}

/** Opens everything that the port serves. */
async function openServices(
  options: CloudOptions,
  authority: string,
  hostForWorkers: string,
): Promise<Services & Opened> {
  const { blueprint, host, folder, featureStore: opening, inFlight } = options;
  const { directory, credentials } = folder;
  // What contradicts itself is refused before anything is opened.
  const described = eventsOf(blueprint);
  checkJobs(blueprint);
  const announced = announceObjects(blueprint);
  const s3 = await createS3({
    directory: join(directory, 's3'),
    credentials,
    onObjectCreated: (event) => announced(events.service, event),
  });
  for (const { name, ...rules } of blueprint.buckets)
    await s3.service.createBucket(physicalName(name), rules);

  const chaos = createChaos({
    targets: () => chaosTargets(blueprint, lambda.service),
    report: options.report ?? (() => {}),
    ...(options.chaosClock && { clock: options.chaosClock }),
  });
  const ofTables = serviceFaults(chaos, faultyTables);
  const ofQueues = serviceFaults(chaos, faultyQueues);
  const dynamodb = createDynamodb({ directory, credentials, between: ofTables.between });
  const queues = createQueues({ directory, credentials, between: ofQueues.between });
  const url = `http://${authority}`;
  const services = { dynamodb: dynamodb.service, s3: s3.service, queues: queues.service };
  const callers = openCallers(services, url, credentials, {
    dynamodb: ofTables.around,
    sqs: ofQueues.around,
  });

  const state = await openSavedFunctions(join(directory, 'lambda.json'));
  const featureStore = await opening;
  const capacity = capacityOf();
  const functions = localFunctions(
    blueprint,
    host,
    { origin: `http://${hostForWorkers}`, store: featureStore },
    capacity,
  );
  await forgetUnknown(state, functions, options.report);
  const surroundings = {
    AWS_ENDPOINT_URL: `http://${hostForWorkers}`,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  const batch = createBatch({
    ...localJobs(blueprint, host, {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      ...surroundings,
    }),
    directory: join(directory, 'batch'),
    mostAtOnce: capacity.jobs,
    credentials,
  });
  const lambda = createLambda({
    functions,
    images: localImages(blueprint, host, capacity),
    mostProcesses: capacity.processes,
    host: hostForWorkers,
    directory,
    baseEnvironment: surroundings,
    state,
    credentials,
    queues: queues.service,
    eventSources: eventSources(blueprint),
    ...(options.report && { report: options.report }),
    faultOf: (name) => (chaos.isQuiet() ? undefined : chaos.strike('function', logicalName(name))),
  });
  const events = createEvents({
    ...described,
    directory: join(directory, 'events'),
    credentials,
    targets: {
      lambda: invokeFunctions(lambda.service),
      sqs: sendMessages(queues.service),
      states: startExecutions({ start: (...call) => states.service.start(...call) }),
    },
    ...(options.report && { report: options.report }),
  });
  let states: StatesEmulator;
  try {
    for (const { name, ...spec } of blueprint.tables ?? [])
      await dynamodb.service.ensureTable({ ...spec, name: physicalName(name) });
    ensureMessaging(blueprint, queues.service);
    states = createStates({
      credentials,
      directory: join(directory, 'states'),
      machines: [...blueprint.workflows, ...(blueprint.machines ?? [])].map((workflow) => ({
        name: physicalName(workflow.name),
        type: isExpress(workflow) ? 'EXPRESS' : 'STANDARD',
        definition: workflow.definition,
        substitutions: {
          ...namesForDefinition(needsOfWorkflow(workflow, blueprint), `http://${authority}`),
          ...Object.fromEntries(
            workflow.functions.map(({ name }) => [
              substitutionKey(name),
              `${functionArn(physicalName(name))}:${liveAlias}`,
            ]),
          ),
        },
      })),
      lambda: lambda.service,
      callers: { ...callers.callers, events: callEvents(events.service), batch: askBatch(batch) },
    });
    await Promise.all(
      blueprint.functions.filter(isComplete).map(({ name }) => {
        const served = lambda.service.find(physicalName(name));
        // What the blueprint says now, not what it said when the folder was last in use: another model, another bucket.
        const { environment } = functions.find((each) => each.name === physicalName(name)) ?? {};
        return goLive(served, { ...currentEnvironment(served), ...environment });
      }),
    );
    const api = apiDoor({ blueprint, lambda: lambda.service, states: states.service });
    const admission = createAdmission({ limit: inFlight ?? capacity.inFlight });
    const sts = createSts({ credentials });
    const logs = createLogs({ directory: join(directory, 'logs'), credentials });
    const chorus = { handle: chaosApi(chaos, credentials) };
    const services = {
      s3,
      batch,
      lambda,
      states,
      sts,
      dynamodb,
      queues,
      events,
      chorus,
      api,
      admission,
    };
    return { ...services, logs, scheduler: events, featureStore, callers, chaos };
  } catch (error) {
    chaos.close();
    await events.close();
    await lambda.close();
    await batch.close();
    await dynamodb.close();
    await queues.close();
    callers.close();
    throw error;
  }
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
    uploadOrigins: () => origins,
  });
  const servers: Server[] = [];
  /** Every address of the cloud: URLs of uploads have that which functions know. */
  const origins: string[] = [];
  const open = async (address: string, port: number): Promise<string> => {
    const server = createServer({ keepAliveTimeout: 65_000 }, listener.listen);
    const bound = await listen(server, address, port);
    servers.push(server);
    origins.push(`http://${address}:${bound}`);
    return `${address}:${bound}`;
  };
  const closeServers = async (): Promise<void> => {
    for (const each of servers) {
      const closed = new Promise((resolve) => each.close(resolve));
      each.closeAllConnections();
      await closed;
    }
  };

  try {
    const authority = await open(loopback, options.port);
    const hostForWorkers = host.address === loopback ? authority : await open(host.address, 0);
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
        await closeServers();
        await host.close();
      },
    };
  } catch (error) {
    await closeServers();
    throw error;
  }
}
