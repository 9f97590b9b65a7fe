/** Runs a pipeline's machine over steps that only answer. */

import {
  compile,
  type ExecutionResult,
  execute,
  type MapRunRequest,
  openJournal,
  StatesError,
  type TaskRequest,
  virtualClock,
} from '@chorus/asl';
import type { ModelSchema } from '@chorus/protocol';
import { mean } from '../../answers/mean.ts';
import { model } from '../../functions.ts';
import { rows } from '../../requests/rows.ts';
import { ask } from '../../steps/ask.ts';
import { gather } from '../../steps/gather.ts';
import { workflow } from '../../workflow.ts';
import { pipelineMachine } from '../pipeline-machine.ts';
import type { PipelineSpec } from '../pipeline-spec.ts';

const columns = [{ name: 'size', description: '' }] as const;
/** The contract of one of its models. */
export const schema = (name: string): ModelSchema => ({
  name,
  inputs: [{ name: 'features', datatype: 'FP64', shape: [-1, 1], columns }],
  outputs: [{ name: 'price', datatype: 'FP64', shape: [-1] }],
  maxBatch: 10,
});

/** Names of its models. */
export const models = ['a', 'b'] as const;
/** A pipeline of two models. */
export const spec: PipelineSpec = {
  name: 'prices',
  workflow: workflow({
    name: 'prices',
    request: rows({ columns }),
    steps: gather(
      models.map((name) => ask(model(name), schema(name))),
      { quorum: 1 },
    ),
    answer: mean('price'),
    example: { size: 1 },
  }),
  target: { name: 'price' },
  train: [
    { model: model('a'), schema: schema('a'), trainer: 't', options: {}, seed: 0 },
    { model: model('b'), schema: schema('b'), trainer: 't', options: {}, seed: 0 },
  ],
  rows: { minimum: 1, maximum: 10 },
};

/** What a step is asked. */
export type Event = Readonly<Record<string, unknown>> & { readonly step?: string };

/** What the steps answer; each gets its event and how often it was asked before. */
export type Answers = Readonly<Record<string, (event: Event, before: number) => unknown>>;

/** Returns an evaluation that chooses these of the models. */
export const evaluationOf = (
  chosen: readonly string[],
): { readonly models: readonly object[] } => ({
  models: models.map((name) => ({ model: name, chosen: chosen.includes(name), reason: 'why' })),
});

/** What the steps answer where nothing else is said. */
export const usual: Answers = {
  claim: () => ({ pipeline: 'p', execution: 'e', key: 'k.csv', output: 'out/' }),
  validate: () => ({ ok: true, rows: 9, problems: [] }),
  process: ({ validation }) => ({
    train: 'a',
    test: 'b',
    trainRows: 7,
    testRows: 2,
    sha256: 'c',
    ...(validation !== undefined && { fit: 'd', validation: 'e' }),
  }),
  train: () => ({ metrics: { rmse: 1 } }),
  evaluate: () => evaluationOf(models),
  publish: ({ models: given }) => ({
    published: (given as readonly { readonly model: string }[]).map((each) => ({
      model: each.model,
      version: 'v2',
      champion: 'v1',
    })),
  }),
  promote: ({ models: given }) => ({
    promoted: (given as readonly object[]).map((each) => ({
      ...each,
      outcome: 'live',
      reasons: [],
    })),
  }),
  ask: () => ({ approved: true, by: 'ada' }),
  report: ({ status }) => ({ status }),
};

const substitutions = {
  record_run: 'record-run',
  prepare_data: 'prepare-data',
  train: 'train',
  evaluate_models: 'evaluate-models',
  release: 'release',
};

/** A run that has ended. */
interface EndedRun {
  readonly result: ExecutionResult;
  /** The event of its report. */
  readonly reported: Event;
  /** The events of all trainings, in their order. */
  readonly trainings: readonly Event[];
  /** How often each step was asked. */
  readonly asked: Readonly<Record<string, number>>;
}

/** Runs the machine over steps that answer as told. */
export async function run(
  answers: Answers = {},
  more: Partial<PipelineSpec> = {},
): Promise<EndedRun> {
  const { definition } = pipelineMachine({ ...spec, ...more });
  // Only an execution that is kept on disk has tokens.
  const text = JSON.stringify(definition).replaceAll('$states.context.Task.Token', "'token'");
  const machine = compile(JSON.parse(text), { name: 'prices', type: 'STANDARD', substitutions });
  const asked = new Map<string, number>();
  const trainings: Event[] = [];
  let reported: Event = {};
  async function runTask(task: Pick<TaskRequest, 'arguments'>): Promise<unknown> {
    const { Payload } = task.arguments as { Payload: Event };
    const step = Payload.step ?? 'train';
    const before = asked.get(step) ?? 0;
    asked.set(step, before + 1);
    if (step === 'report') reported = Payload;
    if (step === 'train') trainings.push(Payload);
    const answer = await { ...usual, ...answers }[step]?.(Payload, before);
    return step === 'ask' ? answer : { Payload: answer };
  }
  /** Each item is an execution of its own; of one that fails, the whole Map fails. */
  async function runMap({ items, processor, select }: MapRunRequest): Promise<unknown> {
    if (!('values' in items)) throw new TypeError('the items are not in the definition');
    const child = compile(processor.definition, { ...processor, checkStructure: false });
    const outputs: unknown[] = [];
    for (const [index, item] of items.values.entries()) {
      const input = await select(item, index);
      const ended = await execute(child, input, { clock: virtualClock(0), runTask });
      if (ended.status !== 'SUCCEEDED') throw new StatesError('States.MapFailed', ended.status);
      outputs.push(ended.output);
    }
    return outputs;
  }
  const journal = openJournal({ places: [], events: 0 }, () => undefined);
  const result = await execute(machine, {}, { clock: virtualClock(0), journal, runTask, runMap });
  return { result, reported, trainings, asked: Object.fromEntries(asked) };
}

/** Returns an answer that is an error. */
export const fail = (name: string) => (): never => {
  throw new StatesError(name, '{"errorMessage":"why"}');
};
