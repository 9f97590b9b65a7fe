import { parseArguments, takeArguments } from '../arguments.ts';
import { type Command, cloudFlags } from '../command.ts';
import { readSettings } from '../env.ts';
import { CliError } from '../errors.ts';
import { type Io, print, printJson } from '../io.ts';
import { program } from '../program.ts';
import { findTarget } from '../target.ts';
import { rulesOf, withWebhooks } from '../webhooks.ts';

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(cloudFlags, argv);
  const [text] = takeArguments(['url'], positionals);
  const target = await findTarget(readSettings(io.env), values);
  const { createSecret, parseRegisteredUrl, WebhookUrlError } = await import('@chorus/webhooks');
  let url: string;
  try {
    url = parseRegisteredUrl(text, rulesOf(target));
  } catch (cause) {
    if (!(cause instanceof WebhookUrlError)) throw cause;
    throw new CliError(`${text} cannot be registered: ${cause.message}`, { cause });
  }
  const secret = createSecret();
  const isNew = await withWebhooks(target, (webhooks) => webhooks.add(url, secret));
  if (!isNew)
    throw new CliError(
      `${url} is registered already. For another secret: ${program} webhooks remove ${url}${target.flags}, and add it again`,
    );
  if (values.json === true) printJson(io, { url, secret });
  else
    print(
      io,
      `Registered ${url} as a webhook in ${target.label}.`,
      '',
      `Its secret, which is not shown again: ${secret}`,
      '',
      `Next: POST /predict/<workflow>?async=1&webhook=${encodeURIComponent(url)}`,
      'What it gets is signed as Standard Webhooks says: https://www.standardwebhooks.com',
    );
  return 0;
}

/** `chorus webhooks add`: registers a URL, and shows its secret. */
export const webhooksAdd: Command = {
  name: 'webhooks add',
  operands: '<url>',
  summary: 'register a URL that may get answers, and print the secret that signs them',
  details: [
    'The URL is https and public; of the local cloud it may be of this machine, and http, too.',
    'A request names it with ?async=1&webhook=<url>, to the letter; it may add a query.',
  ],
  flags: cloudFlags,
  terminalOnly: 'it prints a secret, which no page is to have',
  run,
};
