import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';
import { withWebhooks } from '../webhooks.ts';

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(cloudFlags, argv);
  const [text] = takeArguments(['url'], positionals);
  // As it was registered: https://host with a slash behind it.
  const url = URL.parse(text)?.href ?? text;
  const target = await findTarget(readSettings(io.env), values);
  const wasThere = await withWebhooks(target, (webhooks) => webhooks.remove(url));
  if (!wasThere)
    throw new CliError(
      `${url} is not registered in ${target.label}; see ${program} webhooks list${target.flags}`,
    );
  if (values.json === true) printJson(io, { removed: url });
  else
    print(
      io,
      `Removed the webhook ${url} from ${target.label}. It gets no more answers, also not of requests that wait.`,
    );
  return 0;
}

/** `chorus webhooks remove`: forgets a URL and its secret. */
export const webhooksRemove: Command = {
  name: 'webhooks remove',
  operands: '<url>',
  summary: 'remove a URL that may get answers, and its secret',
  details: ['Answers that still wait for it become dead letters: chorus dlq list.'],
  flags: cloudFlags,
  run,
};
