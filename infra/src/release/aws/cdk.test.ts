import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError } from '../errors.ts';
import { runProgram } from './cdk.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chorus-cdk-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes a program that stands for the CDK's command line. */
async function program(script: string): Promise<string> {
  const file = join(folder, 'cdk');
  await writeFile(file, `#!/bin/sh\necho "$MORE $*" >> ${folder}/asked\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const read = (file: string) => readFile(join(folder, file), 'utf8');

/** Waits until a file is there. */
async function until(file: string): Promise<string> {
  for (;;) {
    const text = await read(file).catch(() => '');
    if (text !== '') return text.trim();
    await setTimeout(5);
  }
}

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("the CDK's command line", () => {
  it('is given its parameters and variables', async () => {
    const cdk = await program('exit 0');
    await runProgram(cdk, ['deploy', 'a/b'], {
      variables: { MORE: 'more', PATH: '/usr/bin:/bin' },
    });
    expect(await read('asked')).toBe('more deploy a/b\n');
  });

  it.each([
    ['fails', 'exit 3'],
    ['is killed', 'kill -9 $$'],
  ])('that %s fails the deployment', async (_, script) => {
    const cdk = await program(script);
    await expect(
      runProgram(cdk, ['deploy'], { variables: { PATH: '/usr/bin:/bin' } }),
    ).rejects.toThrow(/cdk deploy failed; its last lines say why$/);
  });

  it('that is not installed fails the deployment', async () => {
    await expect(runProgram(join(folder, 'cdk'), [], { variables: {} })).rejects.toThrow('ENOENT');
  });

  it('is ended by an interruption, with the programs that it has started', async () => {
    const cdk = await program(`sleep 600 & echo $! > ${folder}/child; wait`);
    const interrupt = new AbortController();
    const running = runProgram(cdk, [], {
      variables: { PATH: '/usr/bin:/bin' },
      signal: interrupt.signal,
    });
    const child = Number(await until('child'));
    interrupt.abort(new InterruptedError('Ctrl-C'));
    await expect(running).rejects.toThrow(InterruptedError);
    while (isThere(child)) await setTimeout(5);
    await expect(
      runProgram(cdk, ['again'], { variables: {}, signal: interrupt.signal }),
    ).rejects.toThrow('Ctrl-C');
    expect(await read('asked')).not.toContain('again');
  });
});
