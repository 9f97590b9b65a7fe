import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { PromotedVersion, PublishedVersion } from '@chorus/pipeline-runs';
import {
  defaultPlan,
  LiveChangedError,
  NotReadyError,
  type PromotionPlan,
  type PromotionTarget,
  promote,
  swap,
} from '@chorus/promotion';
import type { RegistryLocation } from '@chorus/registry/s3';
import { UnknownModelFunctionError } from './errors.ts';
import { phaseOf } from './phases.ts';
import type { PromoteStep } from './steps.ts';

/** Returns how a version is tried out before all requests are its own. */
function planOf(promotion: 'shadow' | 'canary', trial: PromoteStep['trial'] = {}): PromotionPlan {
  const { shadowSeconds, canarySeconds, canaryShare, requestsPerSecond, limits } = trial;
  const plan = {
    ...defaultPlan,
    ...(shadowSeconds !== undefined && { shadowMs: shadowSeconds * 1000 }),
    ...(canarySeconds !== undefined && { canaryMs: canarySeconds * 1000 }),
    ...(canaryShare !== undefined && { canaryWeight: canaryShare }),
    ...(requestsPerSecond !== undefined && { rate: requestsPerSecond }),
    gates: { ...defaultPlan.gates, ...limits },
    // It was judged on the same rows as the live one, so what manifests say of other rows does not count.
    force: true,
  };
  return promotion === 'canary' ? plan : { ...plan, canaryWeight: 0, canaryMs: 0 };
}

/** Where versions are made live. */
interface Releasing {
  readonly lambda: LambdaClient;
  readonly registry: RegistryLocation;
  readonly functions: Readonly<Record<string, string>>;
  /** Whether a lock ends with the process that holds it. */
  readonly endsWithProcess: boolean;
}

/** @throws {UnknownModelFunctionError} for a model that this function may not release */
function targetOf(
  { lambda, registry, functions, endsWithProcess }: Releasing,
  model: string,
  examples: PromotionTarget['examples'],
): PromotionTarget {
  const [functionName, alias] = (functions[model] ?? '').split(':');
  if (!functionName || !alias)
    throw new UnknownModelFunctionError(
      `${model} is not among the models to release: ${Object.keys(functions).join(', ')}`,
    );
  return { lambda, registry, model, functionName, alias, examples, endsWithProcess };
}

/** Makes a version live. What keeps it from being so is an outcome, but for what may end otherwise when it is tried again. */
export async function makeLive(
  releasing: Releasing,
  { promotion, trial, examples }: PromoteStep,
  published: PublishedVersion,
  report: (line: string) => void,
): Promise<PromotedVersion> {
  const { model, version, champion } = published;
  const target = targetOf(releasing, model, examples[model] ?? []);
  const expected = champion ?? undefined;
  try {
    // Without one that is live there is nothing to compare with.
    if (promotion === 'all' || expected === undefined) {
      await swap(target, version, report, expected);
      return { ...published, outcome: 'live', reasons: [] };
    }
    const { outcome, reasons, phases } = await promote(target, version, {
      plan: planOf(promotion, trial),
      report,
      expected,
    });
    const isLive = outcome === 'live' || outcome === 'already-live';
    return {
      ...published,
      outcome: isLive ? 'live' : 'refused',
      reasons,
      phases: phases.map(phaseOf),
    };
  } catch (error) {
    if (error instanceof LiveChangedError)
      return { ...published, outcome: 'changed', reasons: [error.message] };
    if (error instanceof NotReadyError)
      return { ...published, outcome: 'refused', reasons: [error.message] };
    throw error;
  }
}
