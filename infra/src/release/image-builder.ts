import { spawn } from 'node:child_process';
import type { Variables } from '../env.ts';

/**
 * Looks whether images can be built: by Docker, or by what `CDK_DOCKER` names. The CDK asks for it only after minutes, when a
 * stack has been deployed already.
 *
 * @returns the problem, and what to do; undefined where there is none
 */
export async function builderProblem(variables: Variables): Promise<string | undefined> {
  const builder = variables['CDK_DOCKER'] ?? 'docker';
  // Without a daemon Docker's own version is told all the same, and then it fails.
  const child = spawn(builder, ['version'], { env: { ...variables }, stdio: 'ignore' });
  const code = await new Promise<number | string | null>((resolve) => {
    child
      .once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
      .once('exit', resolve);
  });
  if (code === 0) return undefined;
  return typeof code === 'string'
    ? `the functions are images, and there is no ${builder} to build them (${code}): install Docker, or name what takes its commands, such as podman or finch, with CDK_DOCKER`
    : `the functions are images, and ${builder} cannot build any now (${builder} version fails): start it`;
}
