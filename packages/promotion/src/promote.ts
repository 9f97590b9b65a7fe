import type { InferRequest } from '@chorus/protocol';
import { type Manifest, metricsOf } from '@chorus/registry/manifest';
import { NotDeployedError, NotReadyError, PromotionError } from './errors.ts';
import { publishReady, readFunction, restoreLatest, warm } from './function-version.ts';
import { judgeMetrics } from './gates.ts';
import { appendHistory, readHistory } from './history.ts';
import { type LiveAlias, readAlias } from './live-alias.ts';
import { withLock } from './lock.ts';
import { checkPlan, type PromotionPlan } from './plan.ts';
import type {
  MetricPair,
  PhaseReport,
  PromotionOutcome,
  PromotionReport,
} from './promotion-report.ts';
import { checkSchemas, readCandidate, readLiveManifest } from './read-versions.ts';
import { sampleRequests } from './sample-requests.ts';
import { endLeftover, servedBy } from './serving.ts';
import { expectLive, stillLive } from './swap.ts';
import { nameOf, type PromotionTarget, type ServedVersion } from './target.ts';
import { goLive, type Observer, takeBack, tryOut } from './trial.ts';

export interface PromoteOptions {
  readonly plan: PromotionPlan;
  /** The version that has to be live still. @default any */
  readonly expected?: string;
  /** Gets a line for people at each step. */
  report(line: string): void;
  /** @default what is seen on the way is not told */
  readonly observed?: Observer | undefined;
  /** Raised to stop: the promotion is then undone. */
  readonly signal?: AbortSignal;
}

/**
 * Makes a version of a model live by degrees, and takes it back as soon as it keeps less than the gates ask for:
 * manifest, publish, warm, shadow, canary, all. Callers never wait, and nothing they get depends on this process:
 * killed at any point, it leaves at most a canary, which the next promotion, swap or rollback takes back.
 *
 * @throws {RegistryError} before anything is changed: no such version, no manifest, another schema
 * @throws {LiveChangedError} if another version than the expected one is live, and not this one
 * @throws {LockedError} while another process changes what the model serves
 * @throws {PromotionError} when Lambda cannot be reached, or another process moves the alias; what could be undone is
 */
export async function promote(
  target: PromotionTarget,
  version: string,
  options: PromoteOptions,
): Promise<PromotionReport> {
  checkPlan(options.plan);
  const candidate = await readCandidate(target, version);
  const { registry, model, endsWithProcess = true } = target;
  return withLock(registry, model, { purpose: `promote to ${version}`, endsWithProcess }, (lost) =>
    decide(target, candidate, options, lost),
  );
}

/** The live version and the start of a promotion, which each of its ends needs. */
interface Beginning {
  readonly target: PromotionTarget;
  readonly version: string;
  readonly from: ServedVersion;
  readonly started: number;
  readonly phases: PhaseReport[];
  readonly metrics: PromotionReport['metrics'];
  report(line: string): void;
}

/** Returns the metrics of both versions. */
function pairMetrics(
  live: Manifest | undefined,
  candidate: Manifest,
): Readonly<Record<string, MetricPair>> {
  const [before, after] = [metricsOf(live?.training), metricsOf(candidate.training)];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      { old: before[name]?.value ?? null, new: after[name]?.value ?? null },
    ]),
  );
}

/** Writes the history, and gives the report. */
async function conclude(
  { target, version, from, started, phases, metrics, report }: Beginning,
  outcome: PromotionOutcome,
  reasons: readonly string[],
  to?: ServedVersion,
): Promise<PromotionReport> {
  if (to !== undefined && outcome !== 'already-live')
    await appendHistory(
      target.registry,
      target.model,
      {
        kind: 'promote',
        from,
        to,
        started: new Date(started).toISOString(),
        ended: new Date().toISOString(),
        outcome,
        reasons,
      },
      report,
    );
  return {
    model: target.model,
    from,
    to: { version, functionVersion: to?.functionVersion ?? null },
    outcome,
    metrics,
    reasons,
    phases,
    durationMs: Date.now() - started,
  };
}

/** Everything that can be known before the version is published. */
async function decide(
  target: PromotionTarget,
  candidate: Manifest,
  options: PromoteOptions,
  lost: AbortSignal,
): Promise<PromotionReport> {
  const { plan, report } = options;
  const { version } = candidate;
  const started = Date.now();
  // Before anything is changed: one that cannot be read could not be written either.
  await readHistory(target.registry, target.model);
  const alias = await endLeftover(target, await readAlias(target), report);
  const from = await servedBy(target, alias.functionVersion);
  if (from === undefined)
    throw new NotDeployedError(
      `${target.functionName} serves no version of ${target.model}, so there is nothing to compare with: chorus models swap ${target.model} ${version}`,
    );
  expectLive(options.expected, from, version);
  const live = await readLiveManifest(target, from.version);
  const metrics = pairMetrics(live, candidate);
  const beginning: Beginning = { target, version, from, started, phases: [], metrics, report };
  if (from.version === version)
    return conclude(beginning, 'already-live', [`${version} is live already`], from);
  if (live !== undefined) checkSchemas(version, candidate.schema, live.schema);
  else
    report(`${from.version} is not in the registry, so its schema and metrics are not compared.`);
  const worse = judgeMetrics(live, candidate, plan.gates).map(({ message }) => message);
  if (worse.length > 0 && !plan.force) return conclude(beginning, 'refused', worse);
  for (const message of worse) report(`Going on by force: ${message}.`);
  const isWatched = plan.shadowMs > 0 || (plan.canaryWeight > 0 && plan.canaryMs > 0);
  const requests = isWatched
    ? sampleRequests(candidate.schema, [live, candidate], target.examples)
    : none;
  return publishAndTry(beginning, candidate, { alias, requests, lost, options });
}

const none: Iterator<InferRequest, never> = {
  next() {
    throw new PromotionError('A promotion that is not watched asks nothing');
  },
};

interface Prepared {
  readonly alias: LiveAlias;
  readonly requests: Iterator<InferRequest, never>;
  readonly lost: AbortSignal;
  readonly options: PromoteOptions;
}

async function publishAndTry(
  beginning: Beginning,
  candidate: Manifest,
  { alias, requests, lost, options: { plan, signal: stop, observed } }: Prepared,
): Promise<PromotionReport> {
  const { target, from, report, phases } = beginning;
  const { environment } = await readFunction(target, from.functionVersion);
  report(`Publishing ${target.model} ${candidate.version} beside ${nameOf(from)}.`);
  const to = await publishReady(target, candidate).catch((cause: unknown) => {
    if (!(cause instanceof NotReadyError)) throw cause;
    throw new NotReadyError(`${cause.message}\n${stillLive(from)}`, { cause });
  });
  report(`${nameOf(to)} has loaded its weights and answered a request.`);
  // A fair start: the old one may have no warm process beyond those its callers keep busy.
  await warm(target, from).catch(() => {});

  const signal = stop === undefined ? lost : AbortSignal.any([lost, stop]);
  const { schema } = candidate;
  const told = { report, observed };
  const trial = { target, from, to, plan, schema, requests, signal, ...told, alias, phases };
  let failure: unknown;
  try {
    const failed = await tryOut(trial);
    signal.throwIfAborted();
    if (failed === undefined) {
      await goLive(trial);
      return await conclude(beginning, 'live', [], to);
    }
  } catch (error) {
    failure = error;
  }
  if (await takeBack(trial, !lost.aborted)) return conclude(beginning, 'live', [], to);
  if (!lost.aborted)
    report(`${nameOf(from)} serves all requests.${await restoreLatest(target, environment)}`);

  const broken = phases.find(({ breaches }) => breaches.length > 0);
  if (failure === undefined && broken !== undefined) {
    const outcome = broken.phase === 'shadow' ? 'refused' : 'rolled-back';
    return conclude(
      beginning,
      outcome,
      broken.breaches.map(({ message }) => message),
      to,
    );
  }
  const isTold = stop?.aborted === true;
  const why = failure instanceof Error ? failure.message : String(failure);
  const interrupted = await conclude(beginning, 'interrupted', [isTold ? 'told to stop' : why], to);
  if (isTold) return interrupted;
  throw new PromotionError(`${lost.aborted ? String(lost.reason) : why}\n${stillLive(from)}`, {
    cause: failure,
  });
}
