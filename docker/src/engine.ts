import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { NoEngineError } from './errors.ts';
import { runProgram } from './run-program.ts';

/** A program that builds images on this machine, as it was found by trying. */
export interface Engine {
  readonly name: 'docker' | 'podman' | 'buildah';
  /** Absolute path of the program. */
  readonly command: string;
  readonly builder: 'BuildKit' | 'legacy builder' | 'Buildah';
  /** The variables that make it use that builder. */
  readonly variables: Readonly<Record<string, string>>;
  readonly options: readonly string[];
  /** OCI name of the processor that its RUN steps run on: `amd64`. */
  readonly architecture: string;
}

/** Patience with a daemon that may be starting, or far away. */
const probeMs = 20_000;

/** The RUN step compiles what is there already. A daemon may have no bridge to give it, either. */
const offline = ['--network', 'none'];

/** An image of nothing, thrown away: whether a builder works is seen by letting it build. */
const probeFile = 'FROM scratch\nLABEL chorus=probe\n';

/** Programs of this name in the folders, each once though it be linked from several. */
async function findPrograms(name: string, folders: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const path = join(folder, name);
      try {
        await access(path, constants.X_OK);
        return [{ path, target: await realpath(path) }];
      } catch {
        return [];
      }
    }),
  );
  const programs = new Map(
    found
      .flat()
      .toReversed()
      .map(({ path, target }) => [target, path]),
  );
  return [...programs.values()].toReversed();
}

/** A Docker client whose daemon answers; a client of its own age decides whether it can speak to BuildKit. */
async function probeDocker(command: string): Promise<Engine | undefined> {
  const version = await runProgram(command, ['version', '--format', '{{.Server.Arch}}'], {
    timeoutMs: probeMs,
  });
  if (version.code !== 0) return undefined;
  const engine = {
    name: 'docker',
    command,
    options: offline,
    architecture: version.stdout.trim(),
  } as const;
  const variables = { DOCKER_BUILDKIT: '1' };
  const build = await runProgram(command, ['build', '--output', 'type=tar,dest=/dev/null', '-'], {
    variables,
    input: probeFile,
    timeoutMs: probeMs,
  });
  return build.code === 0
    ? { ...engine, builder: 'BuildKit', variables }
    : { ...engine, builder: 'legacy builder', variables: { DOCKER_BUILDKIT: '0' } };
}

/** Podman or Buildah that can reach its storage. In a chroot RUN needs neither cgroups nor privileges. */
async function probeDaemonless(
  name: 'podman' | 'buildah',
  command: string,
): Promise<Engine | undefined> {
  const images = await runProgram(command, ['images', '--quiet'], { timeoutMs: probeMs });
  if (images.code !== 0) return undefined;
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const options = ['--isolation', 'chroot'];
  return { name, command, builder: 'Buildah', variables: {}, options, architecture };
}

/** Returns the remedy, in one sentence, when no engine can build. */
function advice(silent: readonly string[]): string {
  const [command] = silent;
  const problem = command === undefined ? 'there is none' : `${command} gets no answer from one`;
  return `Images need a container engine, and ${problem}: install and start Docker (https://docs.docker.com/engine/install/; on Debian \`bash docker/engine.sh start\` does both), Podman or Buildah; starting and testing Chorus need none.`;
}

/**
 * Finds what can build images here: Docker with BuildKit, Docker's legacy builder, Podman, Buildah, in this order.
 *
 * @param folders where to look for programs, i.e. PATH
 * @throws {NoEngineError} saying in a sentence what to install or start
 */
export async function findEngine(folders: readonly string[]): Promise<Engine> {
  const silent: string[] = [];
  const dockers: Engine[] = [];
  for (const command of await findPrograms('docker', folders)) {
    const engine = await probeDocker(command);
    if (engine?.builder === 'BuildKit') return engine;
    if (engine === undefined) silent.push(command);
    else dockers.push(engine);
  }
  const [docker] = dockers;
  if (docker !== undefined) return docker;
  for (const name of ['podman', 'buildah'] as const)
    for (const command of await findPrograms(name, folders)) {
      const engine = await probeDaemonless(name, command);
      if (engine !== undefined) return engine;
      silent.push(command);
    }
  throw new NoEngineError(advice(silent));
}
