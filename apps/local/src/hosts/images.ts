import type { FunctionSpec } from '@chorus/blueprint';
import { findEngine } from '@chorus/docker';
import { clientEnvironment } from '../env.ts';
import { StartError } from '../errors.ts';
import { containers } from './containers.ts';
import type { FunctionHost } from './host.ts';

/**
 * Runs functions in the images that `turbo build` made, with the engine it made them with.
 *
 * @param path PATH, where the engine's client is looked for
 * @throws {StartError} without an engine or its images
 */
export async function containerHost(
  functions: readonly Pick<FunctionSpec, 'source'>[],
  path: string,
): Promise<FunctionHost> {
  const engine = await findEngine(path.split(':')).catch((cause: unknown) => {
    throw new StartError(cause instanceof Error ? cause.message : String(cause), { cause });
  });
  return containers(functions, {
    command: engine.command,
    clientEnvironment: clientEnvironment(),
  });
}
