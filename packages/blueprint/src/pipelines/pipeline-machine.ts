import { jsonata } from '../jsonata.ts';
import { job } from '../links/job.ts';
import type { State, States } from '../outcome.ts';
import type { FunctionSpec, MachineSpec } from '../types.ts';
import { pipelineMachineName } from './names.ts';
import {
  evaluateModels,
  linksOfTraining,
  prepareData,
  recordRun,
  releaseOf,
  train,
} from './pipeline-functions.ts';
import { columnsOf, split, validation } from './pipeline-rows.ts';
import type { PipelineSpec } from './pipeline-spec.ts';
import {
  askStep,
  betterVersions,
  liveModels,
  payload,
  report,
  reportFailure,
  run,
} from './pipeline-step.ts';
import { releaseStates } from './release-states.ts';
import { trainingBranch } from './training-branch.ts';

/** Longest that a run may take: a person has a week to approve. */
const timeoutSeconds = 8 * 24 * 60 * 60;

/** Largest file, in bytes, where a pipeline says nothing else. */
const usualBytes = 268_435_456;

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
      ...askStep(recordRun, {
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
      ...askStep(prepareData, { step: 'validate', run, rules }),
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
      ...askStep(prepareData, {
        step: 'process',
        run,
        rules,
        split,
        ...(trained.some(({ search }) => search !== undefined) && { validation }),
      }),
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
      ...askStep(evaluateModels, {
        step: 'evaluate',
        run,
        data: jsonata('$data'),
        models: jsonata(`[$trained[$exists(output) and $not(model in ${liveModels})]]`),
        columns: rules.columns.map((column) => column.name),
        target: target.name,
        split,
        margin,
      }),
      // Each evaluation in the report is the one that its model was promoted by.
      Assign: {
        evaluation: jsonata(`$append([$evaluation[model in ${liveModels}]], ${payload}.models)`),
      },
      Catch: reportFailure('evaluate'),
      Output: {},
      Next: 'Choose',
    },
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata(`$count(${betterVersions}) > 0`), Next: 'Publish' },
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
 * @throws {BlueprintError} if it has no columns, or its promotion cannot be as it says
 */
export function pipelineMachine(spec: PipelineSpec): MachineSpec {
  const { name, workflow, train: trained } = spec;
  const release = releaseOf([trained[0].model.name]);
  const jobs = [...new Set(trained.flatMap((each) => each.job?.name ?? []))];
  return {
    name: pipelineMachineName(name),
    ...(workflow && { of: workflow.name }),
    type: 'standard',
    definition: {
      Comment: `From a file of rows to better versions of ${trained.map(({ model }) => model.name).join(', ')}.`,
      QueryLanguage: 'JSONata',
      TimeoutSeconds: timeoutSeconds,
      StartAt: 'Claim',
      States: statesOf(spec, release),
    },
    functions: [recordRun, prepareData, train, evaluateModels, release],
    ...(jobs.length > 0 && { links: [...linksOfTraining, ...jobs.map(job)] }),
    timeoutSeconds,
  };
}
