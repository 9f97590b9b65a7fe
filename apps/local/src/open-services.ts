import { join } from 'node:path';
import { checkJobs, checkMachines, type FunctionSpec, physicalName } from '@chorus/blueprint';
import { region } from '@chorus/emulator-aws';
import { createBatch } from '@chorus/emulator-batch';
import { createDynamodb } from '@chorus/emulator-dynamodb';
import { createEvents } from '@chorus/emulator-events';
import { createLambda, openSavedFunctions } from '@chorus/emulator-lambda';
import { createLogs } from '@chorus/emulator-logs';
import { createQueues } from '@chorus/emulator-queues';
import { createS3 } from '@chorus/emulator-s3';
import { createStates, type StatesEmulator } from '@chorus/emulator-states';
import { createSts } from '@chorus/emulator-sts';
import { createAdmission } from './admission.ts';
import { capacityOf } from './capacity.ts';
import { type Chaos, createChaos } from './chaos/chaos.ts';
import { chaosApi } from './chaos/chaos-api.ts';
import { faultyQueues } from './chaos/queues.ts';
import { serviceFaults } from './chaos/service-faults.ts';
import { faultyTables } from './chaos/tables.ts';
import { chaosTargets, logicalName } from './chaos/targets.ts';
import type { CloudOptions } from './cloud-options.ts';
import { apiDoor } from './doors/api.ts';
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
import { localFunctions, localImages } from './functions-from-blueprint.ts';
import { currentEnvironment, goLive } from './go-live.ts';
import { askBatch, localJobs } from './jobs.ts';
import type { Services } from './listener.ts';
import { localMachines } from './machines-from-blueprint.ts';
import { ensureMessaging, eventSources } from './messaging.ts';
import { openCallers } from './service-callers.ts';

/** True of functions that need no weights, and that workflows call: they are live from the beginning. */
function isComplete({ kind }: FunctionSpec): boolean {
  return kind === 'task' || kind === 'http';
}

/** The parts that are closed together with the services. */
interface Parts {
  readonly featureStore: FeatureStore | undefined;
  readonly callers: ReturnType<typeof openCallers>;
  readonly chaos: Chaos;
}

/** Opens everything that the port serves. */
export async function openServices(
  options: CloudOptions,
  authority: string,
  hostForWorkers: string,
): Promise<Services & Parts> {
  const { blueprint, host, folder, featureStore: opening, inFlight } = options;
  const { directory, credentials } = folder;
  // What contradicts itself is refused before anything is opened.
  const described = eventsOf(blueprint);
  checkJobs(blueprint);
  checkMachines(blueprint);
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
      machines: localMachines(blueprint, url),
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
