import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program in a folder that notes how it is called, and does as its script says. */
export interface FakeProgram {
  readonly path: string;
  /** Each call: `DOCKER_BUILDKIT` in brackets, then the arguments. */
  calls(): readonly string[];
}

/** Writes a shell script that is found by its name when `folder` is on PATH. */
export function fakeProgram(folder: string, name: string, script: string): FakeProgram {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const log = `${path}.log`;
  writeFileSync(log, '');
  const code = `#!/bin/sh\necho "[\${DOCKER_BUILDKIT-}] $*" >> '${log}'\n${script}\n`;
  writeFileSync(path, code, { mode: 0o755 });
  return { path, calls: () => readFileSync(log, 'utf8').split('\n').slice(0, -1) };
}

/** Scripts of Docker clients as they are met. */
export const dockers = {
  /** With the buildx component, or old enough to have BuildKit built in. */
  buildKit: `if [ "$1" = version ]; then echo amd64; fi`,
  /** A new client without buildx: it refuses DOCKER_BUILDKIT=1. */
  withoutBuildx: `if [ "$1" = version ]; then echo amd64; elif [ "$DOCKER_BUILDKIT" = 1 ]; then
    echo 'ERROR: BuildKit is enabled but the buildx component is missing or broken.' >&2; exit 1; fi`,
  withoutDaemon: `echo 'Cannot connect to the Docker daemon' >&2; exit 1`,
};
