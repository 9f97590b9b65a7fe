import type { PromotionTarget } from '@chorus/promotion';
import type { Manifest } from '@chorus/registry';
import type { Cloud } from './cloud.ts';
import { isCausedBy } from './errors.ts';

/** A model's function, and where its versions are. */
export async function promotionTarget(cloud: Cloud, model: string): Promise<PromotionTarget> {
  const { examplesOf, liveAlias, physicalName } = await import('@chorus/blueprint');
  const { blueprint } = await import('@chorus/service');
  const spec = blueprint.functions.find(({ name }) => name === model);
  return {
    lambda: cloud.lambda,
    registry: cloud.location,
    model,
    functionName: physicalName(model, cloud.target.stage),
    alias: liveAlias,
    examples: examplesOf(blueprint, spec ?? { name: model }),
  };
}

/** Version and manifest of what is live; undefined when nothing is, or the function is not deployed. */
export async function findLive(
  cloud: Cloud,
  model: string,
): Promise<{ readonly version: string; readonly manifest: Manifest | undefined } | undefined> {
  const { readServing } = await import('@chorus/promotion');
  const { live } = await readServing(await promotionTarget(cloud, model));
  if (live === undefined) return undefined;
  const { version } = live;
  try {
    return { version, manifest: await cloud.registry.fetchManifest(model, version) };
  } catch (error) {
    if (isCausedBy(error, 'UnknownVersionError', 'UnknownModelError')) {
      return { version, manifest: undefined };
    }
    throw error;
  }
}
