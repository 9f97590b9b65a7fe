import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { peerEnvironment } from './env.ts';
import { MeasurementError } from './errors.ts';

/** scikit-learn on this machine, with the three models trained. */
export interface Peer {
  readonly python: string;
  readonly environment: Readonly<Record<string, string>>;
  /** `<model>.pkl` of each model. */
  readonly directory: string;
  /** `Python 3.11.7, scikit-learn 1.9.1` */
  readonly versions: string;
}

const run = promisify(execFile);
const dataset = fileURLToPath(
  new URL('../data/boston.csv', import.meta.resolve('@chorus/training')),
);

/** Returns a file of peers/, absolute. */
export function peerScript(name: string): string {
  return resolve(import.meta.dirname, '../peers', name);
}

/**
 * Trains the peer's models, if there is a Python that can.
 *
 * @returns `undefined` when there is no such Python, or it lacks a package
 * @throws {MeasurementError} when there is one and the training fails
 */
export async function openPeer(python: string, directory: string): Promise<Peer | undefined> {
  const environment = peerEnvironment();
  const needed = 'import boto3, fastapi, numpy, sklearn, uvicorn';
  try {
    await run(python, ['-c', needed], { env: environment });
  } catch {
    return undefined;
  }
  const folder = join(directory, 'peer');
  await mkdir(folder, { recursive: true });
  try {
    const training = [peerScript('train.py'), dataset, folder];
    const { stdout } = await run(python, training, { env: environment });
    const versions: Record<string, string> = JSON.parse(stdout);
    return {
      python,
      environment,
      directory: folder,
      versions: `Python ${versions['python']}, scikit-learn ${versions['scikit-learn']}`,
    };
  } catch (cause) {
    throw new MeasurementError(`the peer could not be trained: ${cause}`, { cause });
  }
}
