import { firstVersion } from '@chorus/registry';
import { pinOf } from './assembly.ts';
import { versionToDeploy } from './first-version.ts';
import { modelsOf, output, type Run } from './release-run.ts';

/**
 * Makes sure that the registry has the weights that each model is deployed with. A model without any version gets its first
 * one.
 *
 * @throws {UnknownVersionError} for a version that the registry does not have
 */
export async function settleModels(run: Run): Promise<string> {
  const { tools, root, stage, facts, packageIndex } = run;
  const registry = tools.buckets.registry(await output(run, 'Foundation', 'ModelBucket'));
  const settled: string[] = [];
  // One after another: training takes all there is of the processor.
  for (const spec of modelsOf(run)) {
    run.signal.throwIfAborted();
    const pinned = pinOf(facts, spec.name, stage).model?.version;
    const asked = pinned === firstVersion ? undefined : pinned;
    const { version } = await versionToDeploy(registry, spec, root, asked, packageIndex);
    settled.push(`${spec.name} ${pinned ?? version}`);
  }
  return settled.join(', ') || 'no models';
}
