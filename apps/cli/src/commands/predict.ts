import { resolve } from 'node:path';
import { parseArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type Io, note, print } from '../io.ts';
import { didYouMean } from '../nearest.ts';
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
  url: {
    type: 'string',
    value: 'url',
    description: 'the HTTP API (with --aws, CHORUS_API_URL says it too; CHORUS_API_KEY is its key)',
  },
  ...cloudFlags,
} as const;

/** A little over API Gateway's 29 s: whoever answers late is not going to answer. */
const timeoutMs = 31_000;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  const [workflow, argument, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`One argument too many: ${rest[0]}`);
  const { models, path, example } = await findWorkflow(workflow);
  const apiUrl = values.url ?? (await apiUrlOf(io, values.aws));
  const given = { argument, file: fileOf(io, values.file), set: values.set ?? [] };
  const { body, origin } = await findRows(given, io.stdin, example);
  if (origin.startsWith('the example')) {
    note(io, `No rows given: asking about ${origin}, ${JSON.stringify(body)}`);
  }

  const { status, text } = await post(apiUrl + path, body, readSettings(io.env).apiKey);
  const answer = parseAnswer(text);
  if (values.json === true && answer !== undefined) print(io, text.trimEnd());
  if (status !== 200 || !isPrediction(answer)) throw refusal(status, answer, apiUrl + path);
  if (values.json !== true) {
    print(
      io,
      renderPrediction(answer, models),
      `Next: ${program} models list shows the versions there are`,
    );
  }
  return 0;
}

function fileOf(io: Io, file: string | undefined): string | undefined {
  const { workingDirectory } = readSettings(io.env);
  return file === undefined || file === '-' ? file : resolve(workingDirectory, file);
}

async function apiUrlOf(io: Io, aws: boolean | undefined): Promise<string> {
  const { apiUrl } = await findTarget(readSettings(io.env), aws);
  if (apiUrl === undefined) {
    throw new UsageError('Say where the deployed HTTP API is: --url https://... or CHORUS_API_URL');
  }
  return apiUrl.replace(/\/+$/, '');
}

interface Door {
  readonly path: string;
  readonly models: readonly string[];
  /** A request body to try it with. */
  readonly example: unknown;
}

/** The workflow's path and its models, from the blueprint. */
async function findWorkflow(name: string | undefined): Promise<Door> {
  const { blueprint } = await import('@chorus/blueprint');
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
  return { path: route.path, models: workflow.functions, example: workflow.example };
}

async function post(
  url: string,
  body: unknown,
  apiKey: string | undefined,
): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, text: await response.text() };
  } catch (cause) {
    // fetch's own message is "fetch failed"; what failed is in its cause.
    const reason = cause instanceof Error ? (cause.cause ?? cause) : cause;
    const why = reason instanceof Error ? reason.message : String(reason);
    throw new CliError(
      `No answer from ${url}: ${why || 'connection refused'}\nIs it running? Start the local cloud with: npx -y pnpm@12 start`,
      { cause },
    );
  }
}

function parseAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error for an answer that is not a prediction. */
function refusal(status: number, answer: unknown, url: string): CliError {
  const said = typeof answer === 'object' && answer !== null && 'error' in answer;
  const what = said ? String(answer.error) : `${url} did not answer as Chorus does`;
  return new CliError(`${status}: ${what}`);
}

/** `chorus predict`: asks a workflow. */
export const predict: Command = {
  name: 'predict',
  operands: '<workflow> [row]',
  summary: 'ask the models of a workflow for their answers',
  details: [
    'A row is a JSON object of features, or an array of values in column order; an array of rows,',
    '{"instances": [...]} and stdin work too. Without one, an example row is used.',
    'chorus predict house-price --set RM=8   chorus predict house-price --file rows.json --json',
  ],
  flags,
  run,
};
