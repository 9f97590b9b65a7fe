import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import { findTarget } from '../target.ts';
import { withWebhooks } from '../webhooks.ts';

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(cloudFlags, argv);
  takeArguments([], positionals);
  const target = await findTarget(readSettings(io.env), values);
  const all = await withWebhooks(target, (webhooks) => webhooks.list());
  if (values.json === true) printJson(io, all);
  else if (all.length === 0)
    print(
      io,
      `No webhook is registered in ${target.label}.`,
      `Next: ${program} webhooks add https://host/path${target.flags}`,
    );
  else
    print(
      io,
      renderTable(
        ['url', 'added at'],
        all.map(({ url, addedAt }) => [url, addedAt]),
      ),
    );
  return 0;
}

/** `chorus webhooks list`: the URLs that may get answers. */
export const webhooksList: Command = {
  name: 'webhooks list',
  operands: '',
  summary: 'list the URLs that may get answers',
  details: [],
  flags: cloudFlags,
  reads: true,
  run,
};
