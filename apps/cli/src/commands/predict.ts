import { resolve } from 'node:path';
import type { Terminal, WorkflowSpec } from '@chorus/blueprint';
import { defaultStage, stageVariablePrefix } from '@chorus/blueprint/names';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type HttpApi, post, refusal } from '../http-api.ts';
import { type Io, note, print } from '../io.ts';
import { didYouMean } from '../nearest.ts';
import { parsePlace, readFileOrStdin, sendPhoto } from '../photo.ts';
import { isPrediction, renderServed } from '../prediction.ts';
import { program } from '../program.ts';
import { findRows } from '../rows.ts';
import { renderTable } from '../table.ts';
import { findTarget, stageOf } from '../target.ts';

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
    description:
      'the HTTP API (with --aws, CHORUS_API_URL says it too; CHORUS_API_KEY is its key). Of another stage: STAGING_CHORUS_API_URL',
  },
  ...cloudFlags,
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [workflow, argument, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  const asked = await findWorkflow(workflow);
  const { stage, flags: cloud } = stageOf(values);
  const settings = readSettings(io.env, stage);
  const apiUrl = values.url ?? (await findTarget(settings, values)).apiUrl;
  if (apiUrl === undefined) throw unknownApi(stage);
  const api = { url: apiUrl.replace(/\/+$/, ''), apiKey: settings.apiKey };
  const given = { argument, file: values.file, set: values.set ?? [], at: values.at };
  checkOptions(given, asked);
  const body = await asked.request.bodyOf(terminalOf(given, asked, api, io));

  const answer = await post(api, asked.path, body);
  if (values.json === true && answer.json !== undefined) print(io, answer.text.trimEnd());
  const text = answer.status === 200 ? render(answer.json, asked) : undefined;
  if (text === undefined) throw refusal(answer, api.url + asked.path);
  if (values.json !== true) {
    print(io, text, `Next: ${program} models list${cloud} shows the versions there are`);
  }
  return 0;
}

/** The answer as text; undefined when it is none. */
function render(answer: unknown, { answer: kind, functions: asked }: Asked): string | undefined {
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

/** The part of the command line that tells what to ask about. */
interface Given {
  readonly argument: string | undefined;
  readonly file: string | undefined;
  readonly set: readonly string[];
  readonly at: string | undefined;
}

/** Returns the sources that a workflow makes its request of. */
function terminalOf(given: Given, { example }: Asked, api: HttpApi, io: Io): Terminal {
  const { argument, file, set, at } = given;
  const from = (path: string) => pathOf(io, path);
  const notBoth = (what: string) => {
    if (argument !== undefined && file !== undefined) {
      throw new UsageError(`Give the ${what} either as an argument or with --file, not both`);
    }
  };
  return {
    async json() {
      const rows = { argument, file: file && from(file), set };
      const { body, origin } = await findRows(rows, io.stdin, example);
      if (origin.startsWith('the example')) {
        note(io, `No rows given: asking about ${origin}, ${JSON.stringify(body)}`);
      }
      return body;
    },
    async photo(maxInlineBytes) {
      notBoth('photo');
      const path = argument ?? file;
      if (path === undefined) {
        note(io, 'No photo given: asking about the example');
        return example;
      }
      const bytes = await readFileOrStdin(from(path), io.stdin);
      return { ...(await sendPhoto(api, bytes, maxInlineBytes, (line) => note(io, line))) };
    },
    async text() {
      notBoth('text');
      if (argument !== undefined && argument !== '-') return { text: argument };
      const path = argument ?? file;
      if (path === undefined) {
        note(io, 'No text given: asking about the example');
        return example;
      }
      return { text: (await readFileOrStdin(from(path), io.stdin)).toString() };
    },
    place: () => (at === undefined ? undefined : { ...parsePlace(at) }),
  };
}

/** @throws {UsageError} if an option was given that the workflow's request has no use for */
function checkOptions({ set, at }: Given, { name, request: { noun, options } }: Asked): void {
  const given = { set: set.length > 0, at: at !== undefined };
  for (const option of ['set', 'at'] as const) {
    if (given[option] && !options.includes(option)) {
      throw new UsageError(`--${option} is not for ${name}, which takes ${noun}`);
    }
  }
}

/** Returns a path of the command line as seen from where the person is; `-` is stdin. */
function pathOf(io: Io, path: string): string {
  return path === '-' ? path : resolve(readSettings(io.env).workingDirectory, path);
}

function unknownApi(stage: string | undefined): UsageError {
  const variable = `${stageVariablePrefix(stage ?? defaultStage)}CHORUS_API_URL`;
  return new UsageError(`Say where the deployed HTTP API is: --url https://... or ${variable}`);
}

/** A workflow and the path that leads to it. */
interface Asked extends WorkflowSpec {
  readonly path: string;
}

/** The workflow and its path, from the blueprint. */
async function findWorkflow(name: string | undefined): Promise<Asked> {
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
  return { ...workflow, path: route.path };
}

/** `chorus predict`: asks a workflow. */
export const predict: Command = {
  name: 'predict',
  operands: '<workflow> [row or photo]',
  summary: 'ask the models of a workflow for their answers',
  details: [
    'A row is a JSON object of features, or an array of values in column order; an array of rows,',
    '{"instances": [...]} and stdin work too. A photo is a file, or - for stdin. Without one, an example is used.',
    'chorus predict <workflow> --set price=8   chorus predict <workflow> --file rows.json --json',
    'chorus predict <workflow> photo.jpg --at 52.52,13.40',
  ],
  flags,
  run,
};
