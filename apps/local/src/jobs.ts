import {
  type Blueprint,
  imageName,
  type JobSpec,
  jobQueueName,
  needsOfWorkflow,
  physicalName,
  retryOf,
} from '@chorus/blueprint';
import { AwsApiError } from '@chorus/emulator-aws';
import type { BatchEmulator, BatchOptions, LocalJobDefinition } from '@chorus/emulator-batch';
import { FileError } from '@chorus/emulator-files';
import { type JobCaller, ServiceError } from '@chorus/emulator-states';
import { namesForDefinition } from './functions-from-blueprint.ts';
import type { FunctionHost } from './hosts/host.ts';

/** The variables by which a program reaches the local cloud, and what they say. */
type Surroundings = Readonly<Record<'AWS_ENDPOINT_URL', string>> & Readonly<Record<string, string>>;

function definitionOf(
  spec: JobSpec,
  blueprint: Blueprint,
  host: FunctionHost,
  surroundings: Surroundings,
): LocalJobDefinition {
  const { source, command } = spec;
  return {
    name: physicalName(spec.name),
    image: imageName(source),
    vcpus: spec.vCpu,
    memoryMb: spec.memoryMb,
    environment: namesForDefinition(
      needsOfWorkflow(spec, blueprint),
      surroundings.AWS_ENDPOINT_URL,
    ),
    retryStrategy: retryOf(spec),
    timeoutSeconds: spec.timeoutSeconds,
    program({ jobId, attempt, memoryMb, environment, temporary }) {
      const start = {
        workerId: `${jobId}-${attempt}`,
        functionName: physicalName(spec.name),
        memoryMb,
        environment: { ...surroundings, ...environment },
        temporary,
      };
      return command === undefined
        ? host.program(source, start)
        : host.foreignProgram(source, command, start);
    },
  };
}

/** Returns the blueprint's jobs, run where the host runs functions, and the queues that they wait in. */
export function localJobs(
  blueprint: Blueprint,
  host: FunctionHost,
  surroundings: Surroundings,
): Pick<BatchOptions, 'definitions' | 'queues'> {
  const { jobs = [] } = blueprint;
  const spots = [...new Set(jobs.map(({ spot = true }) => spot))];
  return {
    definitions: jobs.map((spec) => definitionOf(spec, blueprint, host, surroundings)),
    queues: spots.map((spot) => ({ name: physicalName(jobQueueName({ spot })), spot })),
  };
}

/** Returns Batch as tasks of state machines ask it. */
export const askBatch = ({ service }: Pick<BatchEmulator, 'service'>): JobCaller => ({
  async call(operation, parameters) {
    try {
      return service.run(operation.toLowerCase(), parameters);
    } catch (cause) {
      if (cause instanceof AwsApiError)
        throw new ServiceError(cause.name, cause.message, cause.status, { cause });
      if (cause instanceof FileError)
        throw new ServiceError('ServerException', cause.message, 500, { cause });
      throw cause;
    }
  },
  ended: (jobId, signal) => service.ended(jobId, signal),
});
