import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { builderProblem } from './image-builder.ts';

const folder = mkdtempSync(join(tmpdir(), 'chorus-builder-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A program of this name that ends with this code when it is asked for its version. */
function program(name: string, code: number): void {
  writeFileSync(join(folder, name), `#!/bin/sh\ntest "$1" = version && exit ${code}\nexit 99\n`);
  chmodSync(join(folder, name), 0o755);
}

it('is Docker, or another one that is named', async () => {
  program('docker', 0);
  program('other', 0);
  expect(await builderProblem({ PATH: folder })).toBeUndefined();
  expect(
    await builderProblem({ PATH: '/nowhere', CDK_DOCKER: join(folder, 'other') }),
  ).toBeUndefined();
});

it('that is not there is missed before anything is built', async () => {
  expect(await builderProblem({ PATH: '/nowhere' })).toMatch(/there is no docker .*CDK_DOCKER/);
});

it('whose daemon does not run has to be started', async () => {
  program('docker', 1);
  expect(await builderProblem({ PATH: folder })).toMatch(/docker version fails\): start it/);
});
