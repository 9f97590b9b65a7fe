import { ChangedMeanwhileError, LiveChangedError, NotReadyError } from './errors.ts';
import { publishReady, readFunction, restoreLatest } from './function-version.ts';
import { appendHistory, readHistory } from './history.ts';
import { createAlias, describeAlias, findAlias, moveAlias, versionBefore } from './live-alias.ts';
import { withLock } from './lock.ts';
import { readCandidate } from './read-versions.ts';
import { endLeftover, servedBy } from './serving.ts';
import type { PromotionTarget, ServedVersion } from './target.ts';

/** The result of a swap. */
export interface Swap {
  readonly model: string;
  /** The version that was live before; null when none was. */
  readonly from: string | null;
  /** The version that is live. */
  readonly to: string;
  /** The version of the function that serves it. */
  readonly functionVersion: string;
  /** From the first question to the alias's move. */
  readonly durationMs: number;
}

/**
 * Makes a version of a model live at once: configures, publishes and warms a version of its function, and only then
 * points the alias at it. A version that does not get ready never gets a request.
 *
 * @param expected the version that has to be live still. @default any
 * @throws {RegistryError} if the version does not exist, with those that do
 * @throws {LiveChangedError} if another version than the expected one is live, and not this one
 * @throws {PromotionError} if the function is not there, is being changed by another process, or the version is not ready
 */
export async function swap(
  target: PromotionTarget,
  version: string,
  report: (line: string) => void = () => {},
  expected?: string,
): Promise<Swap> {
  const started = Date.now();
  const { registry, model, endsWithProcess = true } = target;
  const manifest = await readCandidate(target, version);
  return withLock(registry, model, { purpose: `swap to ${version}`, endsWithProcess }, async () => {
    // Before anything is changed: one that cannot be read could not be written either.
    await readHistory(registry, model);
    const found = await findAlias(target);
    const alias = found && (await endLeftover(target, found, report));
    const from = alias && (await servedBy(target, alias.functionVersion));
    expectLive(expected, from, version);
    const { environment } = await readFunction(target);
    const to = await publishReady(target, manifest).catch((cause: unknown) => {
      if (!(cause instanceof NotReadyError)) throw cause;
      throw new NotReadyError(`${cause.message}\n${stillLive(from)}`, { cause });
    });
    if (alias === undefined) await createAlias(target, to.functionVersion, describeAlias(to, from));
    else {
      const before = from?.version === to.version ? versionBefore(alias) : from;
      const description = describeAlias(to, before);
      const move = { functionVersion: to.functionVersion, description };
      await moveAlias(target, alias, move).catch(async (cause: unknown) => {
        // So that it says what is live; a change by another process is left to that process.
        if (!(cause instanceof ChangedMeanwhileError)) await restoreLatest(target, environment);
        throw cause;
      });
    }
    if (from?.version !== to.version)
      await appendHistory(
        registry,
        model,
        {
          kind: 'swap',
          from: from ?? null,
          to,
          started: new Date(started).toISOString(),
          ended: new Date().toISOString(),
          outcome: 'live',
          reasons: [],
        },
        report,
      );
    const durationMs = Date.now() - started;
    const { functionVersion } = to;
    return { model, from: from?.version ?? null, to: version, functionVersion, durationMs };
  });
}

/**
 * Makes sure that a version takes the place of the one that it was judged beside.
 *
 * @throws {LiveChangedError} if another one is live, and not this one
 */
export function expectLive(
  expected: string | undefined,
  live: ServedVersion | undefined,
  version: string,
): void {
  if (expected === undefined || live?.version === expected || live?.version === version) return;
  throw new LiveChangedError(
    `${live?.version ?? 'no version'} is live, no longer ${expected}: compare ${version} with that one first`,
  );
}

/** Tells a person what is live after a version has failed to become so. */
export function stillLive(from: ServedVersion | undefined): string {
  return from === undefined
    ? 'Nothing changed: as before, no version is live.'
    : `Nothing changed: ${from.version} is still live.`;
}
