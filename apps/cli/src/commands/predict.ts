import type { Blueprint, FunctionSpec, Request, WorkflowSpec } from '@chorus/blueprint';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings, type Settings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type ApiAnswer, addressOf, type HttpApi, post, refusal } from '../http-api.ts';
import { type Io, note, print } from '../io.ts';
import { askLater, tellAccepted, waitFor } from '../later.ts';
import { renderModelAnswer } from '../model-answer.ts';
import { didYouMean } from '../nearest.ts';
import { isPrediction, renderServed } from '../prediction.ts';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import { findTarget, stageOf, type Target } from '../target.ts';
import { type Given, photoOf, rowsOf, terminalOf } from '../terminal.ts';
import { drawTimeline } from '../timeline/draw-timeline.ts';
import { readTimeline } from '../timeline/timeline.ts';

const flags = {
  file: {
    type: 'string',
    value: 'rows.json',
    description: 'read the rows from a file; - is stdin',
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'name=value',
    description: 'set a feature in every row, or in the example row; may be repeated',
  },
  at: {
    type: 'string',
    value: 'lat,lon',
    description: 'where a photo was taken, in degrees; wins over what the camera wrote into it',
  },
  body: {
    type: 'string',
    value: 'json',
    description: 'the body of the request, as it is sent',
  },
  async: {
    type: 'boolean',
    description: 'be answered later: print the id of the request, and where its answer will be',
  },
  wait: { type: 'boolean', description: 'with --async, wait for the answer' },
  webhook: {
    type: 'string',
    value: 'url',
    description: 'with --async, a registered URL that gets the answer',
  },
  url: {
    type: 'string',
    value: 'url',
    description:
      "the HTTP API. With --aws the stage's stack tells it, and its key; CHORUS_API_URL and CHORUS_API_KEY (STAGING_CHORUS_API_URL of another stage) come first",
  },
  trace: {
    type: 'boolean',
    description: 'draw when each step of the workflow began and ended',
  },
  ...cloudFlags,
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [name, argument, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  const asked = await findAsked(name);
  const { stage, flags: cloud } = stageOf(values);
  const settings = readSettings(io.env, stage);
  const target = values.url === undefined ? await findTarget(settings, values) : undefined;
  const api = await findApi(values.url ?? target?.apiUrl, target, settings);
  const given = { argument, file: values.file, set: values.set ?? [], at: values.at };
  checkOptions(given, asked);
  checkManner(values, asked);
  const body =
    values.body === undefined
      ? await asked.bodyOf(given, { api, target, io })
      : parseBody(values.body, given);

  if (values.async === true) {
    const accepted = await askLater(api, asked.path, body, values.webhook);
    if (values.wait !== true) return tellAccepted(accepted, api, values.json === true, io);
    note(io, `Accepted as ${accepted.id}; waiting for the answer`);
    return tell(await waitFor(accepted, api), accepted.url);
  }
  const query = values.trace === true ? '?trace=1' : '';
  return tell(await post(api, `${asked.path}${query}`, body), asked.path);

  function tell(answer: ApiAnswer, path: string): number {
    if (values.json === true && answer.json !== undefined) print(io, answer.text.trimEnd());
    const text = answer.status === 200 ? asked.render(answer.json) : undefined;
    if (text === undefined) throw refusal(answer, addressOf(api, path));
    if (values.json === true) return 0;
    const timeline = values.trace === true ? readTimeline(answer.json) : undefined;
    if (timeline !== undefined) print(io, text, '', drawTimeline(timeline));
    else print(io, text, `Next: ${program} models list${cloud} shows the versions there are`);
    return 0;
  }
}

/** Returns the body that was given whole. @throws {UsageError} if it is no JSON, or something else was given too */
function parseBody(text: string, { argument, file, set, at }: Given): unknown {
  if ([argument, file, at].some((each) => each !== undefined) || set.length > 0)
    throw new UsageError('--body is the whole request: give nothing else to ask about with it');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError('--body takes JSON', { cause });
  }
}

/** When an answer is asked for, and whether with its times. */
interface Manner {
  readonly async?: boolean;
  readonly wait?: boolean;
  readonly trace?: boolean;
  readonly webhook?: string;
}

/** @throws {UsageError} if something is asked for that the answer cannot have */
function checkManner(
  { async = false, wait = false, trace = false, webhook }: Manner,
  { name, isWorkflow, answersLater }: Asked,
): void {
  if (trace && !isWorkflow)
    throw new UsageError(`--trace is for workflows, and ${name} is a model`);
  if (trace && async) throw new UsageError('--trace is for answers that come at once');
  if (wait && !async) throw new UsageError('--wait needs --async: other answers are waited for');
  if (webhook !== undefined && !async)
    throw new UsageError('--webhook needs --async: other answers come at once');
  if (async && !answersLater)
    throw new UsageError(`--async is for workflows that answer later, and ${name} is none`);
}

/** The answer as text; undefined when it is none. */
function render(
  answer: unknown,
  { answer: kind, functions: asked }: WorkflowSpec,
): string | undefined {
  const functions = asked.map((each) => each.name);
  const shown = isPrediction(answer) ? kind.shownOf(answer, functions) : undefined;
  if (shown === undefined || !isPrediction(answer)) return undefined;
  const { lines, header, rows } = shown;
  return [
    ...(lines.length === 0 ? [] : [...lines, '']),
    renderTable(header, rows),
    '',
    renderServed(answer, functions),
  ].join('\n');
}

/** @throws {UsageError} if an option was given that the request has no use for */
function checkOptions({ set, at }: Given, { name, noun, options }: Asked): void {
  const given = { set: set.length > 0, at: at !== undefined };
  for (const option of ['set', 'at'] as const) {
    if (given[option] && !options.includes(option)) {
      throw new UsageError(`--${option} is not for ${name}, which takes ${noun}`);
    }
  }
}

/** Returns the API at a URL that was told, else that of the deployed stage. @throws {CliError} if it is not deployed */
async function findApi(
  url: string | undefined,
  target: Target | undefined,
  settings: Settings,
): Promise<HttpApi> {
  const { findDeployedApi, withKey, withToken } = await import('../deployed-api.ts');
  const { apiKey, apiToken } = settings;
  if (url === undefined && target !== undefined) return findDeployedApi(target, settings);
  if (url === undefined) throw new UsageError('Say where the HTTP API is: --url https://...');
  if (apiToken !== undefined) return { url, admit: withToken(apiToken) };
  return { url, admit: apiKey === undefined ? undefined : withKey(apiKey) };
}

/** The means to make a request's body. */
interface Means {
  readonly api: HttpApi;
  /** The cloud that has the models' manifests; undefined when only the HTTP API is known. */
  readonly target: Target | undefined;
  readonly io: Io;
}

/** A workflow or a model: the path that leads to it, what it is asked, and how its answer is shown. */
interface Asked extends Pick<Request, 'noun' | 'options'> {
  readonly name: string;
  readonly path: string;
  readonly isWorkflow: boolean;
  /** Whether it takes requests to be answered later. */
  readonly answersLater: boolean;
  readonly bodyOf: (given: Given, means: Means) => Promise<unknown>;
  /** The answer as text; undefined when it is none. */
  readonly render: (answer: unknown) => string | undefined;
}

/** @throws {UsageError} naming the workflows and models that there are */
async function findAsked(name: string | undefined): Promise<Asked> {
  const { blueprint } = await import('@chorus/service');
  const { functions, workflows } = blueprint;
  const models = functions.filter(({ kind }) => kind === 'model');
  const [flows, alone] = [workflows, models].map((all) => all.map((each) => each.name));
  const there = `the workflows ${flows?.join(', ')}; the models ${alone?.join(', ')}`;
  if (name === undefined) throw new UsageError(`Which workflow or model? There are ${there}`);
  const workflow = workflows.find((each) => each.name === name);
  if (workflow !== undefined) return askedWorkflow(workflow, blueprint);
  const model = models.find((each) => each.name === name);
  if (model !== undefined) return askedModel(model, blueprint);
  const guess = didYouMean(name, [...(flows ?? []), ...(alone ?? [])]);
  throw new UsageError(`There is no workflow or model '${name}'; there are ${there}.${guess}`);
}

function askedWorkflow(workflow: WorkflowSpec, { routes }: Blueprint): Asked {
  const { name, request } = workflow;
  const route = routes.find((each) => 'workflow' in each && each.workflow === name);
  if (route === undefined) throw new CliError(`The blueprint has no route to '${name}'`);
  return {
    name,
    path: route.path,
    isWorkflow: true,
    answersLater: 'asynchronous' in route && route.asynchronous !== undefined,
    noun: request.noun,
    options: request.options,
    bodyOf: (given, { api, io }) => request.bodyOf(terminalOf(given, workflow, api, io)),
    render: (answer) => render(answer, workflow),
  };
}

function askedModel(model: FunctionSpec, blueprint: Blueprint): Asked {
  return {
    name: model.name,
    path: `/predict/${model.name}`,
    isWorkflow: false,
    answersLater: false,
    noun: 'its own features',
    options: ['set'],
    async bodyOf(given, { api, target, io }) {
      const { argument, file } = given;
      const photo = await photoOf(given, api, io);
      if (photo !== undefined) return photo;
      const { exampleOf } = await import('../model-example.ts');
      // Which may need the cloud, and is of no use beside rows.
      const example =
        argument === undefined && file === undefined
          ? await exampleOf(model, blueprint, target, (line) => note(io, line))
          : undefined;
      return rowsOf(given, example, io);
    },
    render: renderModelAnswer,
  };
}

/** `chorus predict`: asks a workflow or a model. */
export const predict: Command = {
  name: 'predict',
  operands: '<workflow or model> [row or photo]',
  summary: 'ask the models of a workflow, or one model, for their answers',
  details: [
    'A row is a JSON object of features, or an array of values in column order; an array of rows,',
    '{"instances": [...]} and stdin work too. A photo is a file, or - for stdin. Without one, an example is used.',
    'chorus predict <workflow> --set price=8   chorus predict <workflow> --file rows.json --json',
    'chorus predict <workflow> photo.jpg --at 52.52,13.40',
    'chorus predict <workflow> --async --wait',
  ],
  flags,
  run,
};
