import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BenchContext } from '../benchmark.ts';
import { compileProgram } from '../cold/bundle.ts';
import { MeasurementError } from '../errors.ts';
import { type Peer, peerScript } from '../peer.ts';
import { type Docker, runProgram } from './engine.ts';
import { copyPackages } from './packages.ts';

/** Images to compare with. They stay in the store: a second run builds only what has changed. */
export const rivalImages = {
  floor: 'chorus-bench-floor:local',
  plain: 'chorus-bench-plain:local',
  python: 'chorus-bench-python:local',
} as const;

const pythonBase = 'chorus-bench-python-base:local';
const root = resolve(import.meta.dirname, '../..');

async function build(
  { engine, run }: Docker,
  image: string,
  context: string,
  dockerfile: readonly string[],
): Promise<void> {
  await writeFile(join(context, 'Dockerfile'), `${dockerfile.join('\n')}\n`);
  await run('build', ...engine.options, '--tag', image, context);
}

/** A program of ../cold and node_modules beside it, as without a bundler; `base` has Node. */
async function buildPlain(docker: Docker, base: string, directory: string): Promise<void> {
  const context = join(directory, 'plain');
  const compiled = join(directory, 'plain-compiled');
  await mkdir(context, { recursive: true });
  await mkdir(compiled, { recursive: true });
  await compileProgram(join(root, 'src/cold/naive.ts'), compiled, 'outside');
  await cp(join(compiled, 'dist'), join(context, 'dist'), { recursive: true });
  const packages = ['@aws-sdk/client-s3', 'onnxruntime-node'];
  await copyPackages(packages, join(root, 'node_modules'), context);
  await build(docker, rivalImages.plain, context, [
    `FROM ${base}`,
    'WORKDIR /var/task',
    'COPY node_modules node_modules',
    'COPY dist dist',
    'USER 993:990',
    'ENTRYPOINT ["node", "/var/task/dist/main.mjs"]',
  ]);
}

/** Node and the one library of ONNX Runtime that is opened. */
async function buildFloor(docker: Docker, base: string, directory: string): Promise<void> {
  const context = join(directory, 'floor');
  const compiled = join(directory, 'floor-compiled');
  const native = `bin/napi-v6/linux/${process.arch}`;
  await mkdir(context, { recursive: true });
  await mkdir(compiled, { recursive: true });
  await compileProgram(join(root, 'src/cold/floor-ort.ts'), compiled, 'inside');
  await cp(join(compiled, 'dist'), join(context, 'dist'), { recursive: true });
  for (const file of ['onnxruntime_binding.node', 'libonnxruntime.so.1'])
    await cp(join(compiled, native, file), join(context, native, file));
  await build(docker, rivalImages.floor, context, [
    `FROM ${base}`,
    'WORKDIR /var/task',
    'COPY bin bin',
    'COPY dist dist',
    'USER 993:990',
    'ENTRYPOINT ["node", "/var/task/dist/main.mjs"]',
  ]);
}

/** The peer's function on Debian's Python, with the packages of the peer's Python, all compiled ahead. */
async function buildPython(docker: Docker, peer: Peer, directory: string): Promise<void> {
  const { environment, run } = docker;
  if ((await run('images', '--quiet', pythonBase)) === '') {
    const archive = join(directory, 'python.tar');
    const words = ['-c', 'bash "$0" >"$1"', peerScript('make-python-base.sh'), archive];
    await runProgram('bash', words, environment);
    await run('import', '-c', 'ENV PATH=/usr/local/bin:/usr/bin:/bin', archive, pythonBase);
  }
  const context = join(directory, 'python');
  const packages = join(context, 'site-packages');
  await mkdir(packages, { recursive: true });
  await runProgram(peer.python, [peerScript('copy-packages.py'), packages], peer.environment);
  await cp(peerScript('cold.py'), join(context, 'cold.py'));
  await build(docker, rivalImages.python, context, [
    `FROM ${pythonBase}`,
    'WORKDIR /var/task',
    'RUN ["python3", "-c", "import compileall, sysconfig; compileall.compile_dir(sysconfig.get_path(\'stdlib\'), quiet=2)"]',
    'ENV PYTHONPATH=/var/task/site-packages PYTHONDONTWRITEBYTECODE=1',
    'COPY site-packages site-packages',
    'COPY cold.py cold.py',
    // Another Python than the peer's cannot import its packages: seen here, not under the clock.
    'RUN ["python3", "-c", "import boto3, sklearn.ensemble"]',
    'USER 993:990',
    'ENTRYPOINT ["python3", "/var/task/cold.py"]',
  ]);
}

/**
 * Builds the images to compare with, on the base that ours are on.
 *
 * @returns why there is no Python image; `undefined` when there is one
 * @throws {MeasurementError} when a Node image cannot be built
 */
export async function buildRivals(
  docker: Docker,
  base: string,
  { directory, peer, progress }: BenchContext,
): Promise<string | undefined> {
  progress('images: building the floor and the plain image');
  await buildFloor(docker, base, directory);
  await buildPlain(docker, base, directory);
  if (peer === undefined) return 'without the Python peer there is no image of it';
  progress('images: building the Python image');
  try {
    await buildPython(docker, peer, directory);
    return undefined;
  } catch (error) {
    if (error instanceof MeasurementError) return error.message;
    throw error;
  }
}
