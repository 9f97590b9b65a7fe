import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PageSpec } from '@chorus/blueprint';
import { openPages, type Pages, type PagesOptions } from '@chorus/pages';
import type { Command } from '../command.ts';
import type { Variables } from '../env.ts';
import { createApi } from './api.ts';
import { createRuns, type RunCommand } from './runs.ts';
import { createSessions } from './session.ts';

/** The console's path on its server. */
const path = '/console';

/** True of a path of the console. */
export function isConsolePath(asked: string): boolean {
  return asked === path || asked.startsWith(`${path}/`);
}

const page: PageSpec = { path, source: 'apps/console', settings: {}, calls: [] };

export interface ConsoleOptions extends PagesOptions {
  /** Runs a command of these. */
  readonly run: RunCommand;
  readonly commands: readonly Command[];
  /** The variables that commands read their settings from. */
  readonly env: Variables;
  /** The cloud that commands talk to, for people. */
  readonly label: string;
  /** The flags that say which that is: `--aws --stage staging`. @default those of the local cloud: none */
  readonly cloud?: readonly string[];
  /** Sessions last as long as it is the same. @default one of its own */
  readonly secret?: string;
}

/** The console: its page, and what that asks. */
export interface Console {
  /** Answers a request for a path of the console. Who may ask at all is judged before. */
  send(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Returns a URL that opens it once, within ten minutes. @param origin `http://127.0.0.1:8787` */
  url(origin: string): string;
  close(): Promise<void>;
}

/** Opens the console: every command of `chorus`, in a browser of this machine. */
export function openConsole(options: ConsoleOptions): Console {
  const { run, commands, env, label, cloud = [], secret, ...served } = options;
  const sessions = createSessions(secret ?? randomBytes(32).toString('hex'));
  const runs = createRuns(run, env);
  const files = join(tmpdir(), `chorus-console-${process.pid}-${performance.now()}`);
  // Built when it is asked for first.
  let pages: Pages | undefined;
  const offered =
    cloud.length === 0 ? commands : commands.filter((each) => each.localOnly !== true);
  const api = createApi({ commands: offered, runs, sessions, label, cloud, files, path });
  const isApi = (asked: string): boolean => asked.startsWith(`${path}/api/`);
  return {
    send(request, response) {
      const asked = (request.url ?? '').split('?')[0] ?? '';
      if (isApi(asked)) return api(request, response);
      pages ??= openPages([page], served);
      return pages.send(request, response, []);
    },
    url: (origin) => `${origin}${path}/?token=${sessions.token()}`,
    async close() {
      runs.close();
      pages?.close();
      await rm(files, { recursive: true, force: true });
    },
  };
}
