import type { TensorSpec } from '@chorus/protocol';
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
  isNumeric,
  type Need,
  type Readable,
  shownPort,
  theRequest,
} from '../ports.ts';
import type { Place, Step } from '../step.ts';
import { type Timing, timingOf, withTimes } from '../trace/timing.ts';
import type { FunctionSpec } from '../types.ts';
import { expressionOfValue, portOfValue, type Value } from '../value.ts';
import { type Asking, guard } from './breaker.ts';

/** An output that a model is asked for, and the name that the workflow gives it if not the same. */
type Wanted = TensorSpec & { readonly as?: string };

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

/**
 * JSONata that is true for a tensor, at `at`, that has as many elements as were asked for and of the right kind. Floats that
 * are not finite are null in JSON, and what comes after needs numbers.
 */
function isWhole({ datatype, shape }: TensorSpec, at: string, rows: string): string {
  const [first = 1, ...others] = shape;
  const batch = first < 0 ? rows : String(first);
  const perRow = others.reduce((product, size) => product * size, 1);
  const count = others.some((size) => size < 0)
    ? `${at}.shape[0] = ${batch}`
    : `$count(${at}.data) = ${perRow === 1 ? batch : `${perRow} * ${batch}`}`;
  const kind = isNumeric(datatype) ? 'number' : datatype === 'BOOL' ? 'boolean' : 'string';
  const finite = datatype.startsWith('FP') ? ` and $not(null in ${at}.data)` : '';
  return `${count} and $type(${at}.data[0]) = "${kind}"${finite}`;
}

/** Reads an output from the answer. One with another number of rows than was asked is no answer: `unexpected` catches it. */
function wholeOutput(outputs: readonly TensorSpec[], output: TensorSpec, rows: string): string {
  const at =
    outputs.length === 1 ? `${payload}.outputs[0]` : `${payload}.outputs[name = "${output.name}"]`;
  return jsonata(`${isWhole(output, at, rows)} ? ${at} : $error("unexpected")`);
}

/** Returns JSONata of a text that describes the answer a model has to give. */
function expectation(outputs: readonly TensorSpec[], rows: string): string {
  const shown = outputs
    .map(({ name, datatype, shape }) => {
      const sizes = shape.map((size, axis) => (axis === 0 && size < 0 ? `" & ${rows} & "` : size));
      return `${name} ${datatype} [${sizes.join(',')}]`;
    })
    .join(', ');
  return `"it answered something else than ${shown}"`;
}

const served: State = {
  version: jsonata(`${payload}.model_version`),
  durationMs: jsonata(`${payload}.parameters.chorus_duration_ms`),
  coldStart: jsonata(`${payload}.parameters.chorus_cold_start`),
  attempts: jsonata('$states.context.State.RetryCount + 1'),
};

const servedExpression = `{
  "version": ${payload}.model_version,
  "durationMs": ${payload}.parameters.chorus_duration_ms,
  "coldStart": ${payload}.parameters.chorus_cold_start,
  "attempts": $states.context.State.RetryCount + 1
}`;

/** How a function is asked and what is taken of its answer. */
interface Invocation {
  readonly event: unknown;
  readonly outputs: State;
  /** JSONata of what an answer that is none lacks. */
  readonly expected: string;
  readonly given: readonly Output[];
}

function askModel(place: Place, name: string, { inputs, outputs }: ModelQuestion): Invocation {
  return {
    event: {
      id: jsonata('$states.context.Execution.Name'),
      parameters: { chorus_deadline_ms: jsonata('$deadline') },
      inputs: inputs.map((need) => tensorFor(place, need, name)),
      outputs: outputs.map((output) => ({ name: output.name })),
    },
    outputs: Object.fromEntries(
      outputs.map((output) => [output.as ?? output.name, wholeOutput(outputs, output, place.rows)]),
    ),
    expected: expectation(outputs, place.rows),
    given: outputs.map(({ as, ...output }) => {
      const port = { ...output, name: as ?? output.name };
      return { port, at: `outputs.${quoted(port.name)}` };
    }),
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

/** A name as JSONata's paths take it. */
const quoted = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``);

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
        ? jsonata(`$merge([$states.input.models, { "${name}": ${servedExpression} }])`)
        : { [name]: served };
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
