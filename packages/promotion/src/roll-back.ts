import { PromotionError } from './errors.ts';
import {
  listServedVersions,
  proveVersion,
  readFunction,
  restoreLatest,
} from './function-version.ts';
import { appendHistory, type HistoryEntry, liveBefore, readHistory } from './history.ts';
import {
  describeAlias,
  type LiveAlias,
  moveAlias,
  readAlias,
  versionBefore,
} from './live-alias.ts';
import { withLock } from './lock.ts';
import { readCandidate } from './read-versions.ts';
import { servedBy } from './serving.ts';
import { nameOf, type PromotionTarget, type ServedVersion } from './target.ts';

/** The result of a rollback. */
export interface Rollback {
  readonly model: string;
  /** The version it took back: the live one, or a canary. */
  readonly from: ServedVersion;
  /** The version that is live. */
  readonly to: ServedVersion;
  /** Whether it ended a canary, and not a version that was live. */
  readonly wasCanary: boolean;
  readonly durationMs: number;
}

export interface RollbackOptions {
  /** Takes the lock from a promotion that runs, which then ends by itself. @default false */
  readonly force?: boolean;
  /** Gets a line for people about what could not be done beside it. */
  readonly report?: (line: string) => void;
}

/**
 * Returns to what was live before: ends a canary if there is one, else points the alias at the version before. That one
 * has been published already; it answers a request first.
 *
 * @throws {PromotionError} if nothing is known of a version before, or it no longer gets ready
 */
export async function rollBack(
  target: PromotionTarget,
  { force = false, report = () => {} }: RollbackOptions = {},
): Promise<Rollback> {
  const started = Date.now();
  const { registry, model } = target;
  return withLock(registry, model, { purpose: 'rollback', force }, async () => {
    const history = await readHistory(registry, model);
    const alias = await readAlias(target);
    const live = await servedBy(target, alias.functionVersion);
    const undone = alias.canary
      ? await endCanary(target, alias, live)
      : await returnToBefore(target, { alias, live, history });
    // It has happened: what cannot be tidied up beside it is said, and no reason to fail.
    const left = await restoreTo(target, undone.to.functionVersion);
    if (left !== '') report(`Rolled back${left}`);
    await appendHistory(
      registry,
      model,
      {
        kind: 'rollback',
        from: undone.from,
        to: undone.to,
        started: new Date(started).toISOString(),
        ended: new Date().toISOString(),
        outcome: 'live',
        reasons: [],
      },
      report,
    );
    return { model, ...undone, durationMs: Date.now() - started };
  });
}

/** The facts that are gathered before anything is undone. */
interface Known {
  readonly alias: LiveAlias;
  readonly live: ServedVersion | undefined;
  readonly history: readonly HistoryEntry[];
}

type Undone = Pick<Rollback, 'from' | 'to' | 'wasCanary'>;

/** Gives `$LATEST` the environment of a version. @returns what to say about it: nothing when it went well */
async function restoreTo(target: PromotionTarget, functionVersion: string): Promise<string> {
  try {
    return await restoreLatest(target, (await readFunction(target, functionVersion)).environment);
  } catch (error) {
    return `; $LATEST was left as it is: ${error instanceof Error ? error.message : error}`;
  }
}

async function endCanary(
  target: PromotionTarget,
  alias: LiveAlias,
  live: ServedVersion | undefined,
): Promise<Undone> {
  const { functionVersion } = alias;
  const canary = alias.canary?.functionVersion ?? '';
  await moveAlias(target, alias, {});
  const from = await servedBy(target, canary);
  return {
    from: from ?? { version: 'none', functionVersion: canary },
    to: live ?? { version: 'none', functionVersion },
    wasCanary: true,
  };
}

async function returnToBefore(
  target: PromotionTarget,
  { alias, live, history }: Known,
): Promise<Undone> {
  const from = live ?? { version: 'none', functionVersion: alias.functionVersion };
  const to =
    versionBefore(alias) ??
    liveBefore(history, from.functionVersion) ??
    (await publishedBefore(target, from));
  if (to === undefined)
    throw new PromotionError(
      `Nothing is known of a version before ${target.model} ${nameOf(from)}. Choose one: chorus models swap ${target.model} <version>`,
    );
  await proveBefore(target, to).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new PromotionError(
      `${target.model} ${nameOf(to)} was before, but does not get ready (${why}), so ${from.version} is still live. Choose another: chorus models swap ${target.model} <version>`,
      { cause },
    );
  });
  const description = describeAlias(to, liveBefore(history, to.functionVersion));
  await moveAlias(target, alias, { functionVersion: to.functionVersion, description });
  return { from, to, wasCanary: false };
}

/** It was live once, but its weights may be gone or its function may have changed since. */
async function proveBefore(target: PromotionTarget, to: ServedVersion): Promise<void> {
  await proveVersion(target, await readCandidate(target, to.version), to.functionVersion);
}

/** A deploy leaves no word of what was before, but the versions of the function are still there. */
async function publishedBefore(
  target: PromotionTarget,
  live: ServedVersion,
): Promise<ServedVersion | undefined> {
  const versions = await listServedVersions(target);
  return versions.find(
    ({ version, functionVersion }) =>
      Number(functionVersion) < Number(live.functionVersion) && version !== live.version,
  );
}
