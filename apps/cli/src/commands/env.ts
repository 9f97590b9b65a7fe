import { resolve } from 'node:path';
import { parseArguments, takeArguments } from '../arguments.ts';
import type { Command } from '../command.ts';
import { readSettings } from '../env.ts';
import { type Io, print, printJson } from '../io.ts';
import { findLocalCloud } from '../local-cloud.ts';
import { root } from '../root.ts';

const flags = {
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;

async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(flags, argv);
  takeArguments([], positionals);
  const { url, credentials } = await findLocalCloud(resolve(root, readSettings(io.env).directory));
  const variables = {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  if (values.json === true) printJson(io, variables);
  else {
    print(io, ...Object.entries(variables).map(([name, value]) => `export ${name}=${value}`));
    // A profile or a session token of AWS would come before these, or with them.
    print(io, 'unset AWS_PROFILE AWS_SESSION_TOKEN');
  }
  return 0;
}

/** `chorus env`: what a shell needs for the AWS tools to reach the local cloud. */
export const env: Command = {
  name: 'env',
  operands: '',
  summary: 'print the lines that let AWS tools reach the local cloud',
  details: [
    'The credentials are those of the folder .chorus, random and the same at every start.',
    'In a shell: eval "$(npx -y pnpm@12 chorus env)"',
  ],
  flags,
  terminalOnly: 'it prints credentials, which no page is to have',
  run,
};
