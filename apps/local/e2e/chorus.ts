import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '@chorus/cli';
import type { TestCloud } from './test-cloud.ts';

/** A command's output and exit code. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line against a cloud, in this process. @param stop raised as by Ctrl-C */
export async function chorus(
  { url, directory }: Pick<TestCloud, 'url' | 'directory'>,
  argv: readonly string[],
  stop?: AbortSignal,
): Promise<Ran> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const written = Promise.all([text(stdout), text(stderr)]);
  const env = { AWS_ENDPOINT_URL: url, CHORUS_DIRECTORY: directory };
  const io = { stdin: Readable.from([]), stdout, stderr, env };
  const code = await run(argv, { ...io, ...(stop && { interruption: () => stop }) });
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { code, out, err };
}
