import type { Breaker } from '@chorus/resilience';
import { sameAccount } from '../account.ts';
import { secondsLeft } from '../deadline-jsonata.ts';
import { failureOfInput, retry } from '../failures.ts';
import { jsonata } from '../jsonata.ts';
import { substitutionKey } from '../names.ts';
import type { Output, State } from '../outcome.ts';
import {
  findReadable,
  inScope,
  type Need,
  type Readable,
  shownPort,
  theRequest,
} from '../ports.ts';
import type { Place, PlainAsk, Step } from '../step.ts';
import { type Timing, timingOf, withTimes } from '../trace/timing.ts';
import type { FunctionSpec } from '../types.ts';
import { expressionOfValue, portOfValue, type Value } from '../value.ts';
import { type Asking, guard } from './breaker.ts';
import {
  expectation,
  outcomeOfAnswer,
  quoted,
  servedBy,
  servedTemplate,
  type Wanted,
  wholeOutput,
} from './model-answer.ts';

/** An input that is made here: JSONata of its elements over what was given before. */
type Made = Exclude<Value, string> & { readonly name: string };

/** A question to a model in the Open Inference Protocol: the tensors it needs, and those it is asked for. */
export interface ModelQuestion {
  readonly inputs: readonly (Need | Made)[];
  readonly outputs: readonly Wanted[];
}

/**
 * A question to a task: JSONata of its event, and of what is taken from its answer, `$states.result.Payload`, by name. What is
 * given as a tensor a model after it may take.
 */
export interface TaskQuestion {
  readonly input: string;
  readonly outputs: Readonly<Record<string, Value>>;
}

const payload = '$states.result.Payload';
const attempts = '$states.context.State.RetryCount + 1';

/**
 * The nearest value of a need's name that a step gave; else what the columns of the request make that it names, or the one of
 * its name where the request is no table.
 *
 * @throws {BlueprintError} naming both sides
 */
function readableFor({ readables, tensorOf }: Place, need: Need, who: string): Readable {
  const name = need.from ?? need.name;
  const nearest = readables.findLast(({ port }) => port.name === name);
  const isOfStep = nearest !== undefined && nearest.from !== theRequest;
  const isOfColumns =
    need.columns !== undefined || !readables.some(({ from }) => from === theRequest);
  return tensorOf !== undefined && !isOfStep && isOfColumns
    ? tensorOf(need, who)
    : findReadable(readables, need, who);
}

/** The tensor a model needs, made of one that may be read here; numbers are converted by the model's runtime. */
function tensorFor(place: Place, need: Need | Made, who: string): unknown {
  if ('data' in need) return jsonata(inScope(expressionOfValue(need.name, need), place.readables));
  const { port, value } = readableFor(place, need, who);
  if (port.name === need.name && port.datatype === need.datatype) return value;
  const own = { name: need.name, datatype: need.datatype };
  return typeof value === 'string'
    ? jsonata(`$merge([${value.slice(2, -2)}, ${JSON.stringify(own)}])`)
    : { ...(value as State), ...own };
}

/** How a function is asked and what is taken of its answer. */
interface Invocation {
  readonly event: unknown;
  readonly outputs: State;
  /** JSONata of what an answer that is none lacks. */
  readonly expected: string;
  readonly given: readonly Output[];
}

/** The tensors that a model is asked with, and those that it is asked for. */
const tensorsOf = (place: Place, name: string, { inputs, outputs }: ModelQuestion): State => ({
  inputs: inputs.map((need) => tensorFor(place, need, name)),
  outputs: outputs.map((output) => ({ name: output.name })),
});

/** The names that a model's outputs have in the workflow. */
const givenBy = ({ outputs }: ModelQuestion): readonly Output[] =>
  outputs.map(({ as, ...output }) => {
    const port = { ...output, name: as ?? output.name };
    return { port, at: `outputs.${quoted(port.name)}` };
  });

function askModel(place: Place, name: string, question: ModelQuestion): Invocation {
  const { outputs } = question;
  return {
    event: {
      id: jsonata('$states.context.Execution.Name'),
      parameters: { chorus_deadline_ms: jsonata('$deadline') },
      ...tensorsOf(place, name, question),
    },
    outputs: Object.fromEntries(
      outputs.map((output) => [
        output.as ?? output.name,
        wholeOutput(payload, outputs, output, place.rows),
      ]),
    ),
    expected: expectation(outputs, place.rows),
    given: givenBy(question),
  };
}

/** How a model is asked by a message, where nothing comes before it. */
function plainAsk(name: string, question: ModelQuestion): PlainAsk {
  const given = givenBy(question);
  return {
    model: name,
    tensors: (place) => tensorsOf(place, name, question),
    outcome: (answer, rows) => outcomeOfAnswer(name, question.outputs, answer, rows),
    given: { outputs: given, voices: [{ name, outputs: given }] },
  };
}

function askTask({ readables }: Place, { input, outputs }: TaskQuestion): Invocation {
  const ports = Object.entries(outputs).map(([name, value]) => portOfValue(name, value));
  return {
    event: jsonata(inScope(input, readables)),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [
        name,
        jsonata(inScope(expressionOfValue(name, value), readables)),
      ]),
    ),
    expected: `"it answered something else than ${ports.map(shownPort).join(', ')}"`,
    given: ports.map((port) => ({ port, at: `outputs.${quoted(port.name)}` })),
  };
}

/** The account of the models, with the times of a question that was answered. */
function timedModels(models: unknown, timing: Timing | undefined): unknown {
  if (timing === undefined) return models;
  const { key, answered } = timing;
  if (typeof models === 'string') return jsonata(withTimes(models.slice(2, -2), key, answered));
  return { ...(models as State), [key]: jsonata(answered) };
}

/** Returns the outcomes of a function that answered and of one that did not. */
function outcomes(
  { name, kind }: FunctionSpec,
  outputs: State,
  place: Place,
  timing: Timing | undefined,
): readonly [State, unknown] {
  const account = sameAccount(place);
  const models =
    kind !== 'model'
      ? account['models']
      : place.follows
        ? jsonata(`$merge([$states.input.models, { "${name}": ${servedBy(payload, attempts)} }])`)
        : { [name]: servedTemplate(payload, attempts) };
  const answered = { outputs, models: timedModels(models, timing), failed: account['failed'] };
  const failure = `{ "${name}": ${failureOfInput} }`;
  const before = timing
    ? withTimes(place.follows ? '$states.input.models' : '{}', timing.key, `$${timing.variable}`)
    : '$states.input.models';
  if (!place.follows)
    return [answered, { models: timing ? jsonata(before) : {}, failed: jsonata(failure) }];
  return [
    answered,
    jsonata(`(
      $failure := ${failure};
      {
        "models": ${before},
        "failed": $merge([$states.input.failed, $failure]),
        "refused": $merge([$states.input.refused, $failure])
      }
    )`),
  ];
}

/** Returns the output of a catcher: the error, beside the account where there is one. */
function caught(
  { follows }: Place,
  error?: { readonly name: string; readonly cause: string },
): unknown {
  if (error === undefined)
    return jsonata(
      follows ? '$merge([$states.input, $states.errorOutput])' : '$states.errorOutput',
    );
  return follows
    ? jsonata(`$merge([$states.input, { "Error": "${error.name}", "Cause": ${error.cause} }])`)
    : { Error: error.name, Cause: jsonata(error.cause) };
}

/** What a catcher assigns, if anything. */
const assigned = (...all: readonly (State | undefined)[]): { readonly Assign?: State } => {
  const merged: State = Object.assign({}, ...all);
  return Object.keys(merged).length > 0 ? { Assign: merged } : {};
};

/** What a workflow turns on for one function that it asks. */
export interface AskOptions {
  /**
   * A function that fails again and again is not asked for a while, but named in `failed`; all workflows know of it by one
   * table. `{}` is the usual one. @default none
   */
  readonly breaker?: Breaker;
}

/**
 * Asks a function. One that fails is asked again while that helps (`retry`); then, or when its answer is not what it was
 * asked for, its failure becomes a value that names it, and the workflow goes on as the steps around say.
 */
export function ask(
  spec: FunctionSpec,
  question: ModelQuestion | TaskQuestion,
  { breaker }: AskOptions = {},
): Step {
  const { name } = spec;
  return {
    title: name,
    functions: [spec],
    quorum: spec.kind === 'model' ? 1 : 0,
    ...(spec.kind === 'model' &&
      'inputs' in question &&
      breaker === undefined && { plain: plainAsk(name, question) }),
    build(place) {
      const { event, outputs, expected, given } =
        'inputs' in question ? askModel(place, name, question) : askTask(place, question);
      const start = place.nameState(`${breaker ? 'Breaker of' : 'Ask'} ${name}`);
      const without = place.nameState(`Without ${name}`);
      const timing = timingOf(place, spec, start);
      const [answered, failed] = outcomes(spec, outputs, place, timing);
      const unexpected = { name: 'UnexpectedAnswerError', cause: expected };
      const task = (asking: Asking): State => ({
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: `\${${substitutionKey(name)}}`, Payload: event },
        TimeoutSeconds: jsonata(place.isLate || breaker ? secondsLeft : '$budgetSeconds'),
        Output: answered,
        Retry: asking.retry ?? retry,
        Catch: [
          {
            ErrorEquals: ['States.QueryEvaluationError'],
            ...assigned(asking.unexpected, timing?.unexpected),
            Output: caught(place, unexpected),
            Next: asking.failed,
          },
          {
            ErrorEquals: ['States.ALL'],
            ...assigned(asking.caught, timing?.failed),
            Output: caught(place),
            Next: asking.failed,
          },
        ],
        ...asking.answered,
      });
      const refuse = (error: string, cause: string): unknown =>
        caught(place, { name: error, cause });
      return {
        start,
        states: {
          ...(breaker
            ? guard(place, { spec, breaker, start, without, ask: task, refuse })
            : { [start]: task({ answered: place.answered, failed: without }) }),
          [without]: { Type: 'Pass', Output: failed, ...place.failed },
        },
        given: { outputs: given, voices: [{ name, outputs: given }] },
      };
    },
  };
}
