import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Blueprint, isExpress, narrow } from '@chorus/blueprint';
import { run } from '@chorus/cli';
import { openFolder, processes, publishModels, startCloud } from '@chorus/local';
import { blueprint } from '@chorus/service';

/** The repository's root. */
export const root: string = resolve(import.meta.dirname, '../../..');

/** Longest that messages are hidden, and their consumers may take, in seconds: what fails is tried again soon. */
const patienceSeconds = 5;

/** The service with the workflow that is asked about rows, and whose requests fail for good soon. */
export function served(): Blueprint {
  const asked = blueprint.workflows.filter(({ request }) => request.csv !== undefined);
  const part = narrow(blueprint, { workflows: asked.map(({ name }) => name) });
  const { queues = [], functions } = part;
  const consumers = new Set(queues.flatMap(({ consumer }) => consumer?.function ?? []));
  return {
    ...part,
    pages: [],
    queues: queues.map((each) => ({ ...each, visibilitySeconds: patienceSeconds })),
    functions: functions.map((each) =>
      consumers.has(each.name) ? { ...each, timeoutSeconds: patienceSeconds } : each,
    ),
  };
}

/** Returns the service whose standard workflows end at once. */
export function withQuickEnds(of: Blueprint): Blueprint {
  const definition = { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } };
  return {
    ...of,
    machines: of.machines?.map((each) => (isExpress(each) ? each : { ...each, definition })) ?? [],
  };
}

/** The address and the folder of a cloud. */
interface Place {
  readonly url: string;
  readonly directory: string;
}

/** A local cloud. */
export interface Service extends Place {
  stop(): Promise<void>;
}

/** Starts a local cloud. @param port 0 takes a free one */
export async function startService(
  directory: string,
  port = 0,
  of: Blueprint = served(),
): Promise<Service> {
  const folder = await openFolder(directory);
  const compileCache = join(tmpdir(), 'node-compile-cache');
  const host = processes({ root, path: '', compileCache });
  const cloud = await startCloud({ blueprint: of, host, folder, port });
  const models = of.functions.filter(({ kind }) => kind === 'model');
  const { workflows } = of;
  await publishModels(cloud, models, { root, versions: {}, workflows, report: () => {} });
  return {
    url: cloud.url,
    directory,
    async stop() {
      await cloud.close(0);
      folder.release();
    },
  };
}

/** Makes a folder for a cloud, and removes it at the end. */
export async function makeFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'chorus-console-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

const environmentOf = ({ url, directory }: Place) => ({
  AWS_ENDPOINT_URL: url,
  CHORUS_DIRECTORY: directory,
});

/** Runs a command line, and returns what it printed. @throws {Error} with what it said, if it failed */
export async function chorus(place: Place, argv: readonly string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const stdin = Readable.from([]);
  const code = await run(argv, { stdin, stdout, stderr, env: environmentOf(place) });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  if (code !== 0) throw new Error(`chorus ${argv.join(' ')}: ${err}`);
  return out;
}

/** `chorus console` as it runs. */
export interface RunningConsole {
  /** Opens it once. */
  readonly url: string;
  /** Everything that it has printed. */
  printed(): string;
  /** Returns another URL, as Enter does. */
  another(): Promise<string>;
  stop(): Promise<void>;
}

const urls = /http:\S+\?token=\S+/g;

/** Runs `chorus console`. */
export async function startConsole(place: Place): Promise<RunningConsole> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  let printed = '';
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
  });
  stderr.resume();
  const stopping = new AbortController();
  const env = environmentOf(place);
  const interruption = () => stopping.signal;
  const ended = run(['console'], { stdin, stdout, stderr, env, interruption });
  const untilPrinted = async (count: number): Promise<string> => {
    for (;;) {
      const [last] = [...printed.matchAll(urls)].slice(count - 1);
      if (last !== undefined) return last[0];
      await new Promise((came) => stdout.once('data', came));
    }
  };
  const url = await untilPrinted(1);
  return {
    url,
    printed: () => printed,
    another() {
      const before = [...printed.matchAll(urls)].length;
      stdin.write('\n');
      return untilPrinted(before + 1);
    },
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
