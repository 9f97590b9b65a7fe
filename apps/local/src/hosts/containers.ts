import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type FunctionSpec, imageName } from '@chorus/blueprint';
import type { WorkerProgram, WorkerStart } from '@chorus/emulator-lambda';
import { StartError } from '../errors.ts';
import type { FunctionHost } from './host.ts';

const run = promisify(execFile);

export interface ContainerOptions {
  /** The container client, e.g. `/usr/bin/docker`. */
  readonly command: string;
  /** Variables the client needs: PATH, HOME, DOCKER_HOST. */
  readonly clientEnvironment: Readonly<Record<string, string>>;
  /** Size of /tmp. @default 512 MB, as on Lambda */
  readonly temporaryBytes?: number;
}

/** Lambda gives a function one vCPU for every 1,769 MB. */
const memoryMbPerCpu = 1769;

/** The label of our networks, by which those that a killed start left behind are found. */
const label = 'chorus.local';

/**
 * Functions as containers of their images, with their memory and share of a CPU, a read-only root, a /tmp of
 * their own, and a network that leads to the local cloud and nowhere else.
 *
 * @throws {StartError} if an image is missing, or the network cannot be made
 */
export async function containers(
  functions: readonly Pick<FunctionSpec, 'source'>[],
  options: ContainerOptions,
): Promise<FunctionHost> {
  const { command, clientEnvironment: env } = options;
  const client = async (...given: readonly string[]): Promise<string> =>
    (await run(command, given, { env })).stdout.trim();

  for (const image of new Set(functions.map(({ source }) => imageName(source)))) {
    await client('image', 'inspect', '--format', '{{.Id}}', image).catch((cause: unknown) => {
      throw new StartError(
        `There is no image ${image}. Build the images first: npx -y pnpm@12 turbo build`,
        { cause },
      );
    });
  }

  await client('network', 'prune', '--force', '--filter', `label=${label}`);
  const network = `chorus-local-${randomUUID()}`;
  let address: string;
  try {
    await client('network', 'create', '--internal', '--label', label, network);
    const gateway = '{{(index .IPAM.Config 0).Gateway}}';
    address = await client('network', 'inspect', '--format', gateway, network);
  } catch (cause) {
    throw new StartError(
      `${command} could not make a network for the functions: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }

  function program(
    source: string,
    { functionName, workerId, memoryMb, environment }: WorkerStart,
    own: readonly string[] = [],
  ): WorkerProgram {
    const name = `${functionName}-${workerId}`;
    return {
      command,
      arguments: [
        'run',
        '--rm',
        ...['--name', name],
        ...['--network', network],
        '--read-only',
        ...['--tmpfs', `/tmp:rw,size=${options.temporaryBytes ?? 512 * 1024 * 1024},mode=1777`],
        ...['--memory', `${memoryMb}m`, '--memory-swap', `${memoryMb}m`],
        ...['--cpus', (memoryMb / memoryMbPerCpu).toFixed(2)],
        // Values travel in the client's environment: on its command line every user could read them.
        ...Object.keys(environment).flatMap((variable) => ['--env', variable]),
        imageName(source),
        ...own,
      ],
      environment: { ...env, ...environment },
      killCommand: [command, 'kill', name],
    };
  }

  return {
    address,
    program: (source, start) => program(source, start),
    foreignProgram: (source, given, start) => program(source, start, given),
    async close() {
      await client('network', 'rm', network);
    },
  };
}
