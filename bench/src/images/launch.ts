import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isPrice } from '../cold/launch.ts';
import type { OtherSide } from '../cold/other-side.ts';
import { MeasurementError } from '../errors.ts';
import { cpuTime } from '../measure/cpu-time.ts';
import type { Docker } from './engine.ts';

/** One start of a container. */
export interface ContainerStart {
  /** From `docker run` to the answer. */
  readonly wallMs: number;
  /** From the start of the container's process to the answer. */
  readonly processMs: number;
  /** User and system time of that process, a moment after the answer. */
  readonly cpuMs: number | undefined;
}

/** Read-only but for /tmp, as on Lambda; the S3 and the Runtime API are on this machine's loopback. */
const confined = ['--network', 'host', '--read-only', '--tmpfs', '/tmp'];

const patienceMs = 60_000;
let started = 0;

/** Milliseconds since 1970 with their fraction, to compare with the engine's clock. */
const now = () => performance.timeOrigin + performance.now();

/** Returns the start and process id that the engine noted when the process ran; the clock stopped long before. */
async function stateOf({ run }: Docker, name: string): Promise<{ startedAt: number; pid: number }> {
  const format = '{{.State.StartedAt}} {{.State.Pid}}';
  const [startedAt = '', pid] = (await run('inspect', '--format', format, name)).split(' ');
  return { startedAt: Date.parse(startedAt), pid: Number(pid) };
}

/**
 * Starts a container and stops the clock when its function has posted the answer to the first event, or, where no
 * event is given, when it prints its first line. The container is removed.
 *
 * @throws {MeasurementError} when it ends, is silent or answers anything but a price
 */
export async function startContainer(
  docker: Docker,
  image: string,
  environment: Readonly<Record<string, string>>,
  event: string | undefined,
  side: OtherSide,
): Promise<ContainerStart> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let stderr = '';
  const fail = (reason: string) =>
    reject(new MeasurementError(`${image}: ${reason}\n${stderr.trim()}`));
  const runtimeApi = side.handOut(event ?? '', (answer) =>
    isPrice(answer) ? resolve(now()) : fail(`answered ${JSON.stringify(answer)}`),
  );
  const variables = Object.entries({ ...environment, AWS_LAMBDA_RUNTIME_API: runtimeApi });
  started += 1;
  const name = `chorus-bench-${process.pid}-${started}`;
  const options = variables.flatMap(([key, value]) => ['--env', `${key}=${value}`]);
  const patience = setTimeout(() => fail(`silent for ${patienceMs} ms`), patienceMs);

  const begun = now();
  const words = ['run', '--name', name, ...confined, ...options, image];
  const child = spawn(docker.engine.command, words, {
    env: docker.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.once('data', () => event === undefined && resolve(now())).resume();
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const closed = once(child, 'close');
  closed.then(([code]) => fail(`ended with ${code}`), reject);
  try {
    const answered = await promise;
    const { startedAt, pid } = await stateOf(docker, name);
    return { wallMs: answered - begun, processMs: answered - startedAt, cpuMs: cpuTime(pid) };
  } finally {
    clearTimeout(patience);
    await docker.run('rm', '--force', name);
    await closed;
  }
}
