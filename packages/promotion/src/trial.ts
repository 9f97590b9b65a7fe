import { setTimeout } from 'node:timers/promises';
import type { InferRequest, ModelSchema } from '@chorus/protocol';
import { ChangedMeanwhileError, PromotionError } from './errors.ts';
import { type Breach, type Gates, judge } from './gates.ts';
import {
  type AliasMove,
  changedMeanwhile,
  describeAlias,
  findAlias,
  type LiveAlias,
  moveAlias,
  readAlias,
} from './live-alias.ts';
import { observe, type Watched } from './observe.ts';
import type { PromotionPlan } from './plan.ts';
import type { PhaseReport } from './promotion-report.ts';
import { percentOf } from './serving.ts';
import { nameOf, type PromotionTarget, type ServedVersion } from './target.ts';

/** Gets what was seen so far in a phase, about every second, and the limits that it is judged by. */
export type Observer = (phase: PhaseReport['phase'], watched: Watched, gates: Gates) => void;

/** A published version on its way to being live. */
export interface Trial {
  readonly target: PromotionTarget;
  readonly from: ServedVersion;
  readonly to: ServedVersion;
  readonly plan: PromotionPlan;
  /** The new version's. */
  readonly schema: ModelSchema;
  /** Endless. */
  readonly requests: Iterator<InferRequest, never>;
  /** Raised to stop. */
  readonly signal: AbortSignal;
  report(line: string): void;
  /** Gets what was seen so far. */
  readonly observed?: Observer | undefined;
  /** The alias as this trial has left it. */
  alias: LiveAlias;
  /** A move of the alias that Lambda has not answered yet. */
  asked?: AliasMove | undefined;
  readonly phases: PhaseReport[];
}

/**
 * Watches both versions: first unseen by callers, then with a share of their requests. Phases without time are left out.
 *
 * @returns what the first phase that failed has broken, and its name; undefined when none did
 */
export async function tryOut(trial: Trial): Promise<PhaseReport | undefined> {
  const { plan, to, report } = trial;
  const { shadowMs, canaryWeight, canaryMs } = plan;
  if (shadowMs > 0) {
    report(`Shadow: ${plan.rate} sampled requests a second to both, for ${shadowMs / 1000} s.`);
    const shadow = await watch(trial, 'shadow', shadowMs, 0);
    if (shadow.breaches.length > 0) return shadow;
  }
  if (canaryWeight > 0 && canaryMs > 0) {
    const { functionVersion } = to;
    await move(trial, { canary: { functionVersion, weight: canaryWeight } });
    report(`Canary: ${percentOf(canaryWeight)} of all requests, for ${canaryMs / 1000} s.`);
    const canary = await watch(trial, 'canary', canaryMs, canaryWeight);
    if (canary.breaches.length > 0) return canary;
  }
  return undefined;
}

/** Sends all requests to the new version. */
export async function goLive(trial: Trial): Promise<void> {
  const { from, to } = trial;
  await move(trial, {
    functionVersion: to.functionVersion,
    description: describeAlias(to, from),
  });
}

/** Until Lambda's answer is there, the alias may be either as it was or as was asked for. */
async function move(trial: Trial, asked: AliasMove): Promise<void> {
  trial.asked = asked;
  trial.alias = await moveAlias(trial.target, trial.alias, asked);
  trial.asked = undefined;
}

/** A phase that has not come to the requests it is judged by may take as long again, and at least so long more. */
const leastExtensionMs = 30_000;

async function watch(
  trial: Trial,
  phase: PhaseReport['phase'],
  durationMs: number,
  weight: number,
): Promise<PhaseReport> {
  const { target, from, to, plan, schema, requests, signal, report } = trial;
  const watched = await observe(target, {
    old: from.functionVersion,
    new: to.functionVersion,
    schema,
    requests,
    rate: plan.rate,
    durationMs,
    minimumRequests: plan.gates.minimumRequests,
    extensionMs: Math.max(durationMs, leastExtensionMs),
    alias: weight > 0,
    signal,
    async isEnough(observed) {
      report(progress(phase, observed));
      trial.observed?.(phase, observed, plan.gates);
      await assertOurs(trial);
      return judge(observed, plan.gates, false).length > 0;
    },
  });
  const breaches: readonly Breach[] = judge(watched, plan.gates, true);
  const seen: PhaseReport = { phase, weight, ...watched, breaches };
  trial.phases.push(seen);
  return seen;
}

function progress(phase: string, watched: Watched): string {
  const { new: next, divergence, disagreements, differences, elapsedMs } = watched;
  const unequal = Math.max(0, ...disagreements.map(({ share }) => share));
  const apart = Math.max(0, ...differences.map(({ mean }) => mean));
  return [
    `  ${phase} ${Math.round(elapsedMs / 1000)} s: ${next.requests} requests`,
    `${next.errors} failed`,
    ...(next.p95 === null ? [] : [`p95 ${next.p95.toFixed(1)} ms`]),
    ...(divergence ? [`divergence ${(divergence.mean / divergence.spread).toFixed(3)}`] : []),
    ...(disagreements.length > 0 ? [`disagreement ${percentOf(unequal)}`] : []),
    ...(differences.length > 0 ? [`difference ${percentOf(apart)}`] : []),
  ].join(', ');
}

/** @throws {ChangedMeanwhileError} when the alias is no longer as this trial has left it */
async function assertOurs({ target, alias }: Trial): Promise<void> {
  const now = await findAlias(target);
  if (now?.revisionId !== alias.revisionId) throw changedMeanwhile(target.model);
}

/** How often taking back is tried, each time after twice as long. */
const attempts = 6;

/**
 * Takes the new version's requests back after something went wrong, whatever it was: also when an answer of Lambda
 * was lost on its way, so that it is not known whether the alias has moved.
 *
 * @param isLocked whether no other process may have changed the alias; if not, only what this trial has set is taken back
 * @returns whether the new version is live after all
 * @throws {PromotionError} when that could not be done, saying what is left
 */
export async function takeBack(trial: Trial, isLocked: boolean): Promise<boolean> {
  const { target, to } = trial;
  for (let attempt = 1; ; attempt++) {
    try {
      const now = isLocked ? await readAlias(target) : trial.alias;
      if (now.functionVersion === to.functionVersion) return true;
      if (now.canary?.functionVersion === to.functionVersion)
        trial.alias = await moveAlias(target, now, {});
      return false;
    } catch (cause) {
      // The process that moved it since is responsible for it now.
      if (!isLocked && cause instanceof ChangedMeanwhileError) return false;
      if (attempt === attempts) throw leftBehind(trial, cause);
      await setTimeout(100 * 2 ** attempt);
    }
  }
}

function leftBehind({ target, to, alias, asked }: Trial, cause: unknown): PromotionError {
  const { model } = target;
  const canary = alias.canary ?? asked?.canary;
  const left =
    asked?.functionVersion !== undefined
      ? `${nameOf(to)} may serve all requests of ${model}`
      : canary
        ? `${nameOf(to)} may still get ${percentOf(canary.weight)} of the requests of ${model}`
        : `${model} should be as before`;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PromotionError(
    `Lambda cannot be reached (${why}), so ${left}. When it is back: chorus models rollback ${model}, or promote again`,
    { cause },
  );
}
