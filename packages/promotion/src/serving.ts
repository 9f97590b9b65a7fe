import { modelVersionIn, readFunction } from './function-version.ts';
import { appendHistory } from './history.ts';
import { findAlias, type LiveAlias, moveAlias } from './live-alias.ts';
import { type LockRecord, readLock } from './lock.ts';
import { nameOf, type PromotionTarget, type ServedVersion } from './target.ts';

/** The versions that serve a model. */
export interface Serving {
  /** Undefined when nothing is deployed, or it serves no version of the registry. */
  readonly live: ServedVersion | undefined;
  /** A second version, and its share of invocations from 0 to 1. */
  readonly canary: (ServedVersion & { readonly weight: number }) | undefined;
  /** The lock of the change that is under way. */
  readonly lock: LockRecord | undefined;
}

/** The model version that a version of the function serves; undefined when it serves none. */
export async function servedBy(
  target: PromotionTarget,
  functionVersion: string,
): Promise<ServedVersion | undefined> {
  const { environment } = await readFunction(target, functionVersion);
  const version = modelVersionIn(environment);
  return version === undefined ? undefined : { version, functionVersion };
}

/** The facts that a caller knows already, so that they are not read again. */
export interface KnownServing {
  /** Whether the model has a lock. @default not known */
  readonly hasLock?: boolean;
  /** Returns the result that `read` had for a key before; a key stands for one result for ever. @default reads it */
  readonly remember?: Remember<ServedVersion | undefined>;
}

/** Returns the result that `read` had for a key before, or reads it. */
type Remember<Value> = (key: string, read: () => Promise<Value>) => Promise<Value>;

/** Reads the versions that serve a model. */
export async function readServing(
  target: PromotionTarget,
  { hasLock = true, remember = (_, read) => read() }: KnownServing = {},
): Promise<Serving> {
  const [alias, lock] = await Promise.all([
    findAlias(target),
    hasLock ? readLock(target.registry, target.model) : undefined,
  ]);
  if (alias === undefined) return { live: undefined, canary: undefined, lock };
  const { canary, revisionId } = alias;
  // A published version never changes; a function that is made anew has another revision of its alias.
  const served = (version: string): Promise<ServedVersion | undefined> =>
    revisionId === undefined
      ? servedBy(target, version)
      : remember(`${target.functionName} ${revisionId} ${version}`, () =>
          servedBy(target, version),
        );
  const [live, second] = await Promise.all([
    served(alias.functionVersion),
    canary && served(canary.functionVersion),
  ]);
  return { live, canary: canary && second && { ...second, weight: canary.weight }, lock };
}

/** `10 %` */
export function percentOf(weight: number): string {
  return `${Number((weight * 100).toFixed(2))} %`;
}

/**
 * Takes back the canary of a promotion that was cut off. Only for the holder of the lock: no other process then
 * watches the canary.
 *
 * @returns the alias as it is then
 */
export async function endLeftover(
  target: PromotionTarget,
  alias: LiveAlias,
  report: (line: string) => void,
): Promise<LiveAlias> {
  const { canary } = alias;
  if (canary === undefined) return alias;
  const [from, to] = await Promise.all([
    servedBy(target, alias.functionVersion),
    servedBy(target, canary.functionVersion),
  ]);
  const settled = await moveAlias(target, alias, {});
  const name = to === undefined ? `function version ${canary.functionVersion}` : nameOf(to);
  const now = new Date().toISOString();
  const reasons = [
    `a canary of ${percentOf(canary.weight)} was left by a promotion that was cut off`,
  ];
  report(`Took back ${name}: ${reasons[0]}.`);
  if (to !== undefined)
    await appendHistory(
      target.registry,
      target.model,
      {
        kind: 'promote',
        from: from ?? null,
        to,
        started: now,
        ended: now,
        outcome: 'interrupted',
        reasons,
      },
      report,
    );
  return settled;
}
