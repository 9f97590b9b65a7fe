import { resolve } from 'node:path';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type HttpApi, post, refusal } from '../http-api.ts';
import { type Io, note, print } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { parsePlace, readPhotoFile, sendPhoto } from '../photo.ts';
import { isPhotoPrediction, renderPhotoPrediction } from '../photo-prediction.ts';
import { isPrediction, renderPrediction } from '../prediction.ts';
import { program } from '../program.ts';
import { findRows } from '../rows.ts';
import { findTarget } from '../target.ts';

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
  url: {
    type: 'string',
    value: 'url',
    description: 'the HTTP API (with --aws, CHORUS_API_URL says it too; CHORUS_API_KEY is its key)',
  },
  ...cloudFlags,
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [workflow, argument, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  const door = await findWorkflow(workflow);
  const apiUrl = values.url ?? (await apiUrlOf(io, values.aws));
  const api = { url: apiUrl.replace(/\/+$/, ''), apiKey: readSettings(io.env).apiKey };
  const given = { argument, file: values.file, set: values.set ?? [], at: values.at };
  const body = await (door.takes === 'photo' ? photoBody : rowsBody)(given, door, api, io);

  const answer = await post(api, door.path, body);
  if (values.json === true && answer.json !== undefined) print(io, answer.text.trimEnd());
  const text = answer.status === 200 ? render(answer.json, door) : undefined;
  if (text === undefined) throw refusal(answer, api.url + door.path);
  if (values.json !== true) {
    print(io, text, `Next: ${program} models list shows the versions there are`);
  }
  return 0;
}

/** The answer as text; undefined when it is none. */
function render(answer: unknown, { takes, models }: Door): string | undefined {
  if (takes === 'photo') {
    return isPhotoPrediction(answer) ? renderPhotoPrediction(answer, models) : undefined;
  }
  return isPrediction(answer) ? renderPrediction(answer, models) : undefined;
}

/** What is to be asked about, as the command line gives it. */
interface Given {
  readonly argument: string | undefined;
  readonly file: string | undefined;
  readonly set: readonly string[];
  readonly at: string | undefined;
}

async function rowsBody(given: Given, { example }: Door, _: HttpApi, io: Io): Promise<unknown> {
  if (given.at !== undefined) throw new UsageError('--at is for photos; this workflow takes rows');
  const file = given.file === undefined ? undefined : pathOf(io, given.file);
  const { body, origin } = await findRows({ ...given, file }, io.stdin, example);
  if (origin.startsWith('the example')) {
    note(io, `No rows given: asking about ${origin}, ${JSON.stringify(body)}`);
  }
  return body;
}

async function photoBody(given: Given, { example }: Door, api: HttpApi, io: Io): Promise<unknown> {
  const { argument, file, set, at } = given;
  if (set.length > 0) throw new UsageError('--set is for rows; this workflow takes a photo');
  if (argument !== undefined && file !== undefined) {
    throw new UsageError('Give the photo either as an argument or with --file, not both');
  }
  const location = at === undefined ? {} : { location: parsePlace(at) };
  const path = argument ?? file;
  if (path === undefined) {
    note(io, 'No photo given: asking about the example, a photo of a cat');
    return { ...example, ...location };
  }
  const bytes = await readPhotoFile(pathOf(io, path), io.stdin);
  const { maxInlinePhotoBytes } = await import('@chorus/blueprint');
  const photo = await sendPhoto(api, bytes, maxInlinePhotoBytes, (line) => note(io, line));
  return { ...photo, ...location };
}

/** A path of the command line as seen from where the person is; `-` is stdin. */
function pathOf(io: Io, path: string): string {
  return path === '-' ? path : resolve(readSettings(io.env).workingDirectory, path);
}

async function apiUrlOf(io: Io, aws: boolean | undefined): Promise<string> {
  const { apiUrl } = await findTarget(readSettings(io.env), aws);
  if (apiUrl === undefined) {
    throw new UsageError('Say where the deployed HTTP API is: --url https://... or CHORUS_API_URL');
  }
  return apiUrl;
}

interface Door {
  readonly path: string;
  readonly models: readonly string[];
  readonly takes: 'rows' | 'photo';
  /** A request body to try it with. */
  readonly example: Readonly<Record<string, unknown>>;
}

/** The workflow's path, its models and what it takes, from the blueprint. */
async function findWorkflow(name: string | undefined): Promise<Door> {
  const { blueprint } = await import('@chorus/service');
  const names = blueprint.workflows.map((each) => each.name);
  const workflow = blueprint.workflows.find((each) => each.name === name);
  if (name === undefined) throw new UsageError(`Which workflow? There is: ${names.join(', ')}`);
  if (workflow === undefined) {
    throw new UsageError(
      `There is no workflow '${name}', only: ${names.join(', ')}.${didYouMean(name, names)}`,
    );
  }
  const route = blueprint.routes.find((each) => 'workflow' in each && each.workflow === name);
  if (route === undefined) throw new CliError(`The blueprint has no route to '${name}'`);
  const { functions: models, takes, example } = workflow;
  return { path: route.path, models, takes, example };
}

/** `chorus predict`: asks a workflow. */
export const predict: Command = {
  name: 'predict',
  operands: '<workflow> [row or photo]',
  summary: 'ask the models of a workflow for their answers',
  details: [
    'A row is a JSON object of features, or an array of values in column order; an array of rows,',
    '{"instances": [...]} and stdin work too. A photo is a file, or - for stdin. Without one, an example is used.',
    'chorus predict house-price --set RM=8   chorus predict house-price --file rows.json --json',
    'chorus predict animal photo.jpg --at 52.52,13.40',
  ],
  flags,
  run,
};
