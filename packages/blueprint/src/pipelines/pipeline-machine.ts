import type { TensorSpec } from '@chorus/protocol';
import { BlueprintError } from '../errors.ts';
import { examplesOf } from '../examples.ts';
import { jobStates } from '../jobs/job-states.ts';
import { jsonata } from '../jsonata.ts';
import { job } from '../links/job.ts';
import { substitutionKey } from '../names.ts';
import type { State, States } from '../outcome.ts';
import type { FunctionSpec, MachineSpec } from '../types.ts';
import { pipelineMachineName, trainingBucket, trainingState } from './names.ts';
import {
  evaluateModels,
  linksOfJobs,
  prepareData,
  recordRun,
  releaseOf,
  train,
} from './pipeline-functions.ts';
import type { PipelineSpec, TrainedModelSpec } from './pipeline-spec.ts';

/** Longest that a run may take: a person has a week to approve. */
const timeoutSeconds = 8 * 24 * 60 * 60;

/** How long a person has to approve, in seconds. */
const approvalSeconds = 7 * 24 * 60 * 60;

/** Largest file, in bytes, where a pipeline says nothing else. */
const usualBytes = 268_435_456;

/** By which rows are held out, in every run: a row that was held out once is held out for good. The trainers' own rule. */
const split = { seed: 0, share: 0.2 };

/** What a run remembers from the beginning; none of it is missing in a report. */
const nothingYet: State = {
  validation: null,
  data: null,
  trained: [],
  evaluation: [],
  published: [],
  approval: null,
  promoted: [],
};

/** Each step may be run again with the same input, so what may end otherwise is tried again. */
const retry: readonly State[] = [
  {
    // Another process changes what the model serves, or another environment is not to be had.
    ErrorEquals: ['LockedError', 'Lambda.TooManyRequestsException'],
    IntervalSeconds: 5,
    MaxAttempts: 8,
    BackoffRate: 1.5,
  },
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.ClientExecutionTimeoutException',
      'Lambda.Unknown',
      'Runtime.ExitError',
      'UnavailableError',
      'RegistryUnavailableError',
      'TimeoutError',
    ],
    IntervalSeconds: 2,
    MaxAttempts: 3,
    BackoffRate: 2,
  },
];

/** Says which step failed and why, and reports it. */
const reportFailure = (step: string): readonly State[] => [
  {
    ErrorEquals: ['States.ALL'],
    Assign: {
      failure: {
        step,
        error: jsonata('$states.errorOutput.Error'),
        cause: jsonata(
          '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 4000) : ""',
        ),
      },
    },
    Output: {},
    Next: 'Report failure',
  },
];

const payload = '$states.result.Payload';

/** Asks a function for a step. */
function ask({ name }: FunctionSpec, event: State): State {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: `\${${substitutionKey(name)}}`,
      Payload: { ...event },
    },
    Retry: retry,
  };
}

const run = jsonata('$run');

/** A state that writes down how a run ended. */
const report = (status: string, more: State, next: State): State => ({
  ...ask(recordRun, {
    step: 'report',
    run,
    status,
    validation: jsonata('$validation'),
    data: jsonata('$data'),
    trained: jsonata('$trained'),
    evaluation: jsonata('$evaluation'),
    published: jsonata('$published'),
    approval: jsonata('$approval'),
    promoted: jsonata('$promoted'),
    ...more,
  }),
  Output: jsonata(payload),
  ...next,
});

interface Column {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly categories?: readonly (number | string)[];
  readonly missing?: boolean;
}

/** Returns the rules of the columns of a workflow's request. @throws {BlueprintError} if it is not about rows */
function columnsOf({ name, workflow }: PipelineSpec): readonly Column[] {
  const columns = workflow.request.inputs.flatMap(({ columns: own = [], missing }: TensorSpec) =>
    own.map(
      ({ name: column, minimum, maximum, categories }): Column => ({
        name: column,
        kind: categories === undefined ? 'number' : 'category',
        ...(minimum !== undefined && { minimum }),
        ...(maximum !== undefined && { maximum }),
        ...(categories !== undefined && { categories }),
        ...(missing && { missing }),
      }),
    ),
  );
  if (columns.length === 0)
    throw new BlueprintError(
      `the pipeline ${name} trains models of ${workflow.name}, whose request has no columns`,
    );
  return columns;
}

/** Trains a model as a job, with what a function would be asked. */
function jobBranch(model: string, job: string, folder: string, order: State): State {
  const state = trainingState(model);
  return {
    StartAt: state,
    States: jobStates({
      state,
      job,
      bucket: trainingBucket,
      folder,
      variable: 'TRAINING_JOB',
      order,
      success: {
        Output: { model, output: jsonata(folder), metrics: jsonata('$jobOutcome.metrics') },
        End: true,
      },
      failure: {
        Output: {
          model,
          error: jsonata('$jobFailure.error'),
          cause: jsonata('$jobFailure.message'),
        },
        End: true,
      },
    }),
  };
}

function trainingBranch(spec: PipelineSpec, trained: TrainedModelSpec): State {
  const { model, schema, trainer, options, seed } = trained;
  const folder = `$run.output & "candidates/${model.name}/"`;
  const output = jsonata(folder);
  const order = {
    recipe: {
      trainer,
      options,
      seed,
      schema,
      columns: columnsOf(spec).map(({ name }) => name),
      target: spec.target.name,
    },
    data: {
      name: jsonata('$run.key'),
      key: jsonata('$run.key'),
      sha256: jsonata('$data.sha256'),
      split,
      train: jsonata('$data.train'),
      test: jsonata('$data.test'),
    },
    output,
    execution: jsonata('$run.execution'),
  };
  if (trained.job !== undefined) return jobBranch(model.name, trained.job.name, folder, order);
  const state = trainingState(model.name);
  return {
    StartAt: state,
    States: {
      [state]: {
        ...ask(train, order),
        Catch: [
          {
            ErrorEquals: ['States.ALL'],
            Output: {
              model: model.name,
              error: jsonata('$states.errorOutput.Error'),
              cause: jsonata(
                '$exists($states.errorOutput.Cause) ? $substring($states.errorOutput.Cause, 0, 4000) : ""',
              ),
            },
            Next: `${state} failed`,
          },
        ],
        Output: { model: model.name, output, metrics: jsonata(`${payload}.metrics`) },
        End: true,
      },
      [`${state} failed`]: { Type: 'Pass', End: true },
    },
  };
}

/** The states from a new version that is better to one that is live. */
function releaseStates(spec: PipelineSpec, release: FunctionSpec): States {
  const { promotion = 'all', train: trained, workflow } = spec;
  const examples = Object.fromEntries(
    trained.map(({ model }) => [model.name, examplesOf({ workflows: [workflow] }, model)]),
  );
  const approving = promotion === 'approval';
  return {
    Publish: {
      ...ask(release, {
        step: 'publish',
        run,
        models: jsonata('[$evaluation[chosen = true]]'),
      }),
      Assign: { published: jsonata(`${payload}.published`) },
      Catch: reportFailure('publish'),
      Output: {},
      Next: approving ? 'Ask for approval' : 'Promote',
    },
    ...(approving && {
      'Ask for approval': {
        ...ask(recordRun, {
          step: 'ask',
          run,
          token: jsonata('$states.context.Task.Token'),
          validation: jsonata('$validation'),
          data: jsonata('$data'),
          trained: jsonata('$trained'),
          evaluation: jsonata('$evaluation'),
          published: jsonata('$published'),
        }),
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: approvalSeconds,
        Assign: { approval: jsonata('$states.result') },
        Catch: [
          {
            ErrorEquals: ['States.Timeout'],
            Assign: { approval: { approved: false, reason: 'nothing was heard for a week' } },
            Output: {},
            Next: 'Report rejection',
          },
          ...reportFailure('approval'),
        ],
        Output: {},
        Next: 'Approved',
      },
      Approved: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$approval.approved = true'), Next: 'Promote' }],
        Default: 'Report rejection',
      },
      'Report rejection': report('rejected', {}, { End: true }),
    }),
    Promote: {
      ...ask(release, {
        step: 'promote',
        run,
        promotion: approving ? 'all' : promotion,
        models: jsonata('$published'),
        examples,
      }),
      // What a comparison before this one has made live stays so.
      Assign: {
        promoted: jsonata(`$append([$promoted[outcome = "live"]], ${payload}.promoted)`),
      },
      Catch: reportFailure('promote'),
      Output: {},
      Next: 'Promoted',
    },
    Promoted: {
      Type: 'Choice',
      Choices: [
        {
          Comment: 'Another run was faster: what is live now is what a new version has to beat.',
          Condition: jsonata('$count($promoted[outcome = "changed"]) > 0'),
          Next: 'Evaluate',
        },
        { Condition: jsonata('$count($promoted[outcome = "live"]) > 0'), Next: 'Report promotion' },
      ],
      Default: 'Report no better',
    },
    'Report promotion': report('promoted', {}, { End: true }),
  };
}

function statesOf(spec: PipelineSpec, release: FunctionSpec): States {
  const { name, target, train: trained, rows, duplicates, bytes, margin = 0 } = spec;
  const rules = {
    columns: columnsOf(spec),
    target: { ...target, kind: 'number' },
    rows,
    bytes: bytes ?? { maximum: usualBytes },
    ...(duplicates && { duplicates }),
  };
  return {
    Claim: {
      ...ask(recordRun, {
        step: 'claim',
        pipeline: name,
        execution: jsonata('$states.context.Execution.Name'),
        started: jsonata('$states.context.Execution.StartTime'),
        request: jsonata('$states.input'),
      }),
      Assign: { ...nothingYet, run: jsonata(payload) },
      Output: {},
      Next: 'Known',
    },
    Known: {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$exists($run.first)'), Next: 'Already known' }],
      Default: 'Validate',
    },
    'Already known': {
      Type: 'Pass',
      Output: { status: 'known', first: jsonata('$run.first'), key: jsonata('$run.key') },
      End: true,
    },
    Validate: {
      ...ask(prepareData, { step: 'validate', run, rules }),
      Assign: { validation: jsonata(payload) },
      Catch: reportFailure('validate'),
      Output: {},
      Next: 'Valid',
    },
    Valid: {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$validation.ok'), Next: 'Process' }],
      Default: 'Report refusal',
    },
    'Report refusal': report('refused', {}, { End: true }),
    Process: {
      ...ask(prepareData, { step: 'process', run, rules, split }),
      Assign: { data: jsonata(payload) },
      Catch: reportFailure('process'),
      Output: {},
      Next: 'Train',
    },
    Train: {
      Type: 'Parallel',
      Branches: trained.map((each) => trainingBranch(spec, each)),
      Assign: { trained: jsonata('$states.result') },
      Catch: reportFailure('train'),
      Output: {},
      Next: 'Trained',
    },
    Trained: {
      Type: 'Choice',
      Choices: [{ Condition: jsonata('$count($trained[$exists(output)]) > 0'), Next: 'Evaluate' }],
      Default: 'Nothing trained',
    },
    'Nothing trained': {
      Type: 'Pass',
      Assign: {
        failure: {
          step: 'train',
          error: jsonata('$trained[0].error'),
          cause: jsonata('$trained[0].cause'),
        },
      },
      Output: {},
      Next: 'Report failure',
    },
    Evaluate: {
      ...ask(evaluateModels, {
        step: 'evaluate',
        run,
        data: jsonata('$data'),
        models: jsonata('[$trained[$exists(output)]]'),
        columns: rules.columns.map((column) => column.name),
        target: target.name,
        split,
        margin,
      }),
      Assign: { evaluation: jsonata(`${payload}.models`) },
      Catch: reportFailure('evaluate'),
      Output: {},
      Next: 'Choose',
    },
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata('$count($evaluation[chosen = true]) > 0'), Next: 'Publish' },
        { Condition: jsonata('$count($promoted[outcome = "live"]) > 0'), Next: 'Report promotion' },
      ],
      Default: 'Report no better',
    },
    'Report no better': report('kept', {}, { End: true }),
    ...releaseStates(spec, release),
    'Report failure': report('failed', { failure: jsonata('$failure') }, { Next: 'Failed' }),
    Failed: {
      Type: 'Fail',
      Error: jsonata('$failure.error'),
      Cause: jsonata('$failure.step & ": " & $failure.cause'),
    },
  };
}

/**
 * Returns the state machine of a pipeline. It is started with S3's event of a new object, with `{"key"}` of one, or with `{}` for
 * the newest. Its output is `{status, …}`: `promoted`, `kept` (no new version is better), `refused` (the data is not as it has to
 * be), `rejected` (by a person), `known` (this content has been seen before).
 *
 * @throws {BlueprintError} if its workflow is not about rows
 */
export function pipelineMachine(spec: PipelineSpec): MachineSpec {
  const { name, workflow, train: trained } = spec;
  const release = releaseOf([trained[0].model.name]);
  const jobs = [...new Set(trained.flatMap((each) => each.job?.name ?? []))];
  return {
    name: pipelineMachineName(name),
    of: workflow.name,
    type: 'standard',
    definition: {
      Comment: `From a file of rows to better versions of ${trained.map(({ model }) => model.name).join(', ')}.`,
      QueryLanguage: 'JSONata',
      TimeoutSeconds: timeoutSeconds,
      StartAt: 'Claim',
      States: statesOf(spec, release),
    },
    functions: [recordRun, prepareData, train, evaluateModels, release],
    ...(jobs.length > 0 && { links: [...linksOfJobs, ...jobs.map(job)] }),
    timeoutSeconds,
  };
}
