import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { testCredentials } from '@chorus/emulator-aws/testing';
import type { Variables } from '../env.ts';
import { run } from '../run.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process with buffers for streams. */
export async function runCommand(
  argv: readonly string[],
  env: Variables = {},
  stdin: Readable = Readable.from([]),
): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const { accessKeyId, secretAccessKey } = testCredentials;
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const code = await run(argv, { stdin, stdout, stderr, env: { ...keys, ...env } });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, stdout: out, stderr: err };
}
