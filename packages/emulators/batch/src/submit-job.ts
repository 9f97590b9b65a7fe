import { randomUUID } from 'node:crypto';
import { invalid } from './errors.ts';
import type { JobRecord } from './job-record.ts';
import type { LocalJobDefinition, LocalJobQueue } from './local-job.ts';
import { jobDefinitionArn, jobQueueArn } from './names.ts';
import {
  checkMembers,
  countOf,
  type Fields,
  fieldsOf,
  listOf,
  mapOf,
  required,
  retryStrategyOf,
  textsOf,
} from './parameters.ts';

/** Longest that all variables of a job may be as JSON, in characters: ECS takes no more overrides. */
const mostOverrides = 8192;

/** What there is to submit jobs to. */
export interface Known {
  readonly definitions: ReadonlyMap<string, LocalJobDefinition>;
  readonly queues: ReadonlyMap<string, LocalJobQueue>;
}

function queueOf(given: string, { queues }: Known): LocalJobQueue {
  const found = [...queues.values()].find(({ name }) => [name, jobQueueArn(name)].includes(given));
  if (found === undefined) throw invalid(`Can not find the job queue ${given}`);
  return found;
}

function definitionOf(given: string, { definitions }: Known): LocalJobDefinition {
  const found = [...definitions.values()].find(({ name }) =>
    [name, `${name}:1`, jobDefinitionArn(name), jobDefinitionArn(name).slice(0, -2)].includes(
      given,
    ),
  );
  if (found === undefined) throw invalid(`JobDefinition ${given} is not found`);
  return found;
}

function resourcesOf(value: unknown): { readonly vcpus?: number; readonly memoryMb?: number } {
  const given = listOf('resourceRequirements', value).map((each) => {
    const fields = fieldsOf('resourceRequirements', each);
    checkMembers('resourceRequirements', fields, ['type', 'value']);
    const type = required('resourceRequirements.type', fields['type']);
    const amount = Number(required('resourceRequirements.value', fields['value']));
    if ((type !== 'VCPU' && type !== 'MEMORY') || !(amount > 0))
      throw invalid(`The resource requirement ${type} must be a VCPU or MEMORY above 0`);
    return [type === 'VCPU' ? 'vcpus' : 'memoryMb', amount] as const;
  });
  return Object.fromEntries(given);
}

function overridesOf(value: unknown = {}) {
  const fields = fieldsOf('containerOverrides', value);
  checkMembers('containerOverrides', fields, ['command', 'environment', 'resourceRequirements']);
  const characters = JSON.stringify(fields).length;
  if (characters > mostOverrides)
    throw invalid(
      `Container Overrides length must be at most ${mostOverrides}, and is ${characters}`,
    );
  const environment = listOf('environment', fields['environment']).map((each) => {
    const pair = fieldsOf('environment', each);
    checkMembers('environment', pair, ['name', 'value']);
    const { value = '' } = pair;
    if (typeof value !== 'string') throw invalid('environment.value must be text');
    return [required('environment.name', pair['name']), value] as const;
  });
  return {
    command: textsOf('command', fields['command']),
    environment: Object.fromEntries(environment),
    ...resourcesOf(fields['resourceRequirements']),
  };
}

/**
 * Returns the job that SubmitJob asks for.
 *
 * @throws {AwsApiError} ClientException for what Batch would refuse, NotImplementedException for what this cloud would have to ignore
 */
export function submittedJob(fields: Fields, known: Known, createdAt: number): JobRecord {
  checkMembers('SubmitJob', fields, [
    'jobName',
    'jobQueue',
    'jobDefinition',
    'containerOverrides',
    'retryStrategy',
    'timeout',
    'tags',
    'propagateTags',
  ]);
  const name = required('jobName', fields['jobName']);
  if (!/^[A-Za-z0-9][\w-]{0,127}$/.test(name))
    throw invalid(
      'Job name should match valid pattern: up to 128 letters, digits, hyphens and underscores, a letter or digit first',
    );
  const definition = definitionOf(required('jobDefinition', fields['jobDefinition']), known);
  const timeout = fieldsOf('timeout', fields['timeout'] ?? {});
  checkMembers('timeout', timeout, ['attemptDurationSeconds']);
  const seconds = countOf('attemptDurationSeconds', timeout['attemptDurationSeconds'], [
    60,
    Number.MAX_SAFE_INTEGER,
  ]);
  return {
    id: randomUUID(),
    name,
    queue: queueOf(required('jobQueue', fields['jobQueue']), known).name,
    definition: definition.name,
    status: 'RUNNABLE',
    createdAt,
    vcpus: definition.vcpus,
    memoryMb: definition.memoryMb,
    ...overridesOf(fields['containerOverrides']),
    retryStrategy: retryStrategyOf(fields['retryStrategy']) ?? definition.retryStrategy,
    timeoutSeconds: seconds ?? definition.timeoutSeconds,
    tags: mapOf('tags', fields['tags']),
    attempts: [],
  };
}
