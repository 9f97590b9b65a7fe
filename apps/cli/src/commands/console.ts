import { delimiter, dirname } from 'node:path';
import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import type { RunCommand } from '../console/runs.ts';
import { readSettings } from '../env.ts';
import { CliError, UsageError } from '../errors.ts';
import { type Io, note, print } from '../io.ts';
import { root } from '../root.ts';
import { findTarget, stageOf } from '../target.ts';

const { aws, stage } = cloudFlags;

const flags = {
  port: { type: 'string', value: 'n', description: 'on 127.0.0.1. Default: a free one' },
  aws,
  stage,
} as const;

/** @throws {UsageError} for anything else than a port */
function parsePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new UsageError(`--port takes a number up to 65535, got '${text}'`);
}

async function run(
  argv: readonly string[],
  io: Io,
  offered: { readonly run: RunCommand; readonly commands: () => readonly Command[] },
): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  takeArguments([], positionals);
  const port = parsePort(values.port ?? '0');
  const given = stageOf(values);
  const { label } = await findTarget(readSettings(io.env, given.stage), values);
  const interruption = io.interruption?.();
  if (interruption === undefined)
    throw new CliError('chorus console runs until Ctrl-C, and needs a terminal for that');
  const [{ openConsole }, { serveConsole }] = await Promise.all([
    import('../console/console.ts'),
    import('../console/serve.ts'),
  ]);
  const report = (line: string) => note(io, line);
  const opened = openConsole({
    run: offered.run,
    commands: offered.commands(),
    env: io.env,
    label,
    cloud: given.flags.split(' ').filter((word) => word !== ''),
    root,
    // The page is built by the Node that runs this.
    path: [dirname(process.execPath), io.env['PATH'] ?? ''].join(delimiter),
    report,
  });
  const { origin, close } = await serveConsole(opened, port, report);
  print(
    io,
    `The console of ${label}, in a browser of this machine:`,
    '',
    `  ${opened.url(origin)}`,
    '',
    'The URL opens it once, within ten minutes; Enter prints another. Ctrl-C stops it.',
  );
  const again = () => print(io, `  ${opened.url(origin)}`);
  io.stdin.on('data', again);
  await new Promise((stopped) => interruption.addEventListener('abort', stopped, { once: true }));
  io.stdin.off('data', again);
  io.stdin.pause();
  await opened.close();
  await close();
  return 0;
}

/** `chorus console`: every command in a browser. @param offered what it runs */
export function consoleCommand(offered: {
  readonly run: RunCommand;
  readonly commands: () => readonly Command[];
}): Command {
  return {
    name: 'console',
    operands: '',
    summary: 'open all of this in a browser: workflows, models, executions, cost',
    details: [
      'It answers only this machine, and only a browser that was opened with its URL. The credentials stay',
      'with it: the page gets none.',
    ],
    flags,
    terminalOnly: 'it is the console',
    run: (argv, io) => run(argv, io, offered),
  };
}
