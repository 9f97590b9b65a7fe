import { driftPattern } from '../drift/drift-event.ts';
import type { JobSpec } from '../jobs/job-spec.ts';
import type { QueueSpec, RuleSpec, ScheduleSpec } from '../messaging.ts';
import type {
  Blueprint,
  BucketSpec,
  CreatedSpec,
  FunctionSpec,
  MachineSpec,
  TableSpec,
} from '../types.ts';
import {
  pipelineMachineName,
  pipelineOfMachine,
  pipelineRunsTable,
  scratchPrefix,
  trainingBucket,
  trainingDataPrefix,
  unstartedQueue,
} from './names.ts';
import {
  evaluateModels,
  linksOfTraining,
  prepareData,
  recordRun,
  releaseOf,
  train,
} from './pipeline-functions.ts';
import { pipelineMachine } from './pipeline-machine.ts';
import type { PipelineSpec, PipelineStart } from './pipeline-spec.ts';

/** The resources that training models again needs. */
export interface Pipelines {
  readonly machines: readonly MachineSpec[];
  readonly functions: readonly FunctionSpec[];
  readonly buckets: readonly BucketSpec[];
  readonly tables: readonly TableSpec[];
  readonly schedules: readonly ScheduleSpec[];
  readonly jobs: readonly JobSpec[];
  readonly queues: readonly QueueSpec[];
  /** Rules that start pipelines whose models have drifted, for `watchDrift`. */
  readonly driftRules: readonly RuleSpec[];
}

/** Days until trials, shares and checkpoints are removed: a day longer than a run may take. */
const scratchDays = 9;

const deadLetters = { queue: unstartedQueue };

const isStartedBy = ({ startedBy = ['file'] }: PipelineSpec, start: PipelineStart): boolean =>
  startedBy.includes(start);

/** Returns the rules of files that start a pipeline. */
const fileRules = (specs: readonly PipelineSpec[]): readonly CreatedSpec[] =>
  specs
    .filter((spec) => isStartedBy(spec, 'file'))
    .map(({ name }) => ({
      name: `${name}-data`,
      prefix: trainingDataPrefix(name),
      target: { workflow: pipelineMachineName(name) },
      deadLetters,
    }));

/** Returns the rules of verdicts that start a pipeline. */
const driftRulesOf = (specs: readonly PipelineSpec[]): readonly RuleSpec[] =>
  specs
    .filter((spec) => isStartedBy(spec, 'drift'))
    .map(({ name, train: trained }) => ({
      name: `${name}-drift`,
      pattern: driftPattern(trained.map(({ model }) => model.name)),
      target: { workflow: pipelineMachineName(name) },
      deadLetters,
    }));

/** Returns the jobs that train, each once: several models may be trained by one. */
function jobsOf(specs: readonly PipelineSpec[]): readonly JobSpec[] {
  const all = specs.flatMap(({ train: trained }) => trained.flatMap(({ job }) => job ?? []));
  return [...new Set(all)].map((job) => ({ ...job, links: linksOfTraining }));
}

/**
 * Returns all that is needed to train models again: a file that is written below `training-data/<pipeline>/` in the bucket `training`
 * starts the pipeline's state machine, once for each content; a verdict of drift does where the pipeline says so.
 *
 * @throws {BlueprintError} for a pipeline without columns, or with a promotion that cannot be as it says
 */
export function pipelines(specs: readonly PipelineSpec[]): Pipelines {
  const [first, ...others] = new Set(
    specs.flatMap((spec) => spec.train.map(({ model }) => model.name)),
  );
  if (first === undefined)
    return {
      machines: [],
      functions: [],
      buckets: [],
      tables: [],
      schedules: [],
      jobs: [],
      queues: [],
      driftRules: [],
    };
  return {
    machines: specs.map(pipelineMachine),
    functions: [recordRun, prepareData, train, evaluateModels, releaseOf([first, ...others])],
    buckets: [
      {
        name: trainingBucket,
        purpose: 'rows to train models on, and what pipelines make of them',
        // A run is over by then.
        expiring: [{ prefix: scratchPrefix, days: scratchDays }],
        created: fileRules(specs),
      },
    ],
    tables: [
      {
        name: pipelineRunsTable,
        purpose: 'what became of each run of a pipeline, and which content has been seen',
        key: { name: 'pipeline', type: 'S' },
        sort: { name: 'id', type: 'S' },
      },
    ],
    jobs: jobsOf(specs),
    queues: [
      {
        name: unstartedQueue,
        purpose: 'files, verdicts and moments that could not start their pipeline, with the reason',
      },
    ],
    driftRules: driftRulesOf(specs),
    schedules: specs.flatMap(({ name, schedule }) =>
      schedule === undefined
        ? []
        : [
            {
              name: pipelineMachineName(name),
              purpose: `runs the pipeline ${name} with the newest file`,
              expression: schedule,
              target: { workflow: pipelineMachineName(name), input: {} },
              deadLetters,
            },
          ],
    ),
  };
}

/** Returns the names of a service's pipelines. */
export function pipelinesOf({ machines = [] }: Pick<Blueprint, 'machines'>): readonly string[] {
  return machines
    .filter(({ functions }) => functions.some(({ name }) => name === recordRun.name))
    .map(({ name }) => pipelineOfMachine(name));
}
