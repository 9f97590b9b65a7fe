import { InfraError } from '../errors.ts';
import { readAssembly } from './assembly.ts';
import { InterruptedError, ReleaseError } from './errors.ts';
import { preflight } from './preflight.ts';
import { modelsOf, output, type Release, type Run, recordBefore } from './release-run.ts';
import { foundation, lockedSteps, type Step } from './steps.ts';

/** What happens in a release, as it happens. */
export type ReleaseEvent =
  | {
      readonly kind: 'begins';
      readonly step: string;
      readonly title: string;
      readonly number: number;
      readonly of: number;
    }
  | { readonly kind: 'says'; readonly step: string; readonly text: string }
  | { readonly kind: 'done'; readonly step: string; readonly text: string; readonly ms: number }
  | { readonly kind: 'fails'; readonly step: string; readonly text: string; readonly ms: number }
  | { readonly kind: 'goes-back'; readonly step: string; readonly text: string };

/** What is asked of a release, and who hears of it. */
export interface ReleaseOptions extends Omit<Release, 'report'> {
  readonly tell: (event: ReleaseEvent) => void;
}

const preflightStep = { name: 'preflight', title: 'Looking whether anything is in the way' };

/** The names of all steps, in order. */
export const stepNames: readonly string[] = [
  preflightStep.name,
  foundation.name,
  ...lockedSteps.map(({ name }) => name),
];

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Does something as a step, and tells of it. */
async function asStep<Result>(
  { tell, signal }: ReleaseOptions,
  { name, title }: Pick<Step, 'name' | 'title'>,
  work: (report: (line: string) => void) => Promise<Result>,
  textOf: (result: Result) => string,
): Promise<Result> {
  const started = performance.now();
  tell({
    kind: 'begins',
    step: name,
    title,
    number: stepNames.indexOf(name) + 1,
    of: stepNames.length,
  });
  try {
    signal.throwIfAborted();
    const result = await work((text) => tell({ kind: 'says', step: name, text }));
    // What came in between is not to be gone on with.
    signal.throwIfAborted();
    tell({ kind: 'done', step: name, text: textOf(result), ms: performance.now() - started });
    return result;
  } catch (error) {
    tell({ kind: 'fails', step: name, text: messageOf(error), ms: performance.now() - started });
    throw error;
  }
}

/** Takes back what steps have changed, the last first. @returns the problems that were met on the way */
async function goBack(
  run: Run,
  begun: readonly Step[],
  { tell }: ReleaseOptions,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const { name, goBack: takeBack } of begun.toReversed()) {
    if (takeBack === undefined) continue;
    try {
      for (const text of await takeBack(run)) tell({ kind: 'goes-back', step: name, text });
    } catch (error) {
      problems.push(`${name}: ${messageOf(error)}`);
    }
  }
  return problems;
}

function failure(
  step: string,
  cause: unknown,
  run: Run,
  problems: readonly string[],
): ReleaseError {
  const { stage } = run;
  const happened =
    cause instanceof InterruptedError
      ? `The release of ${stage} was interrupted at ${step}`
      : `The release of ${stage} failed at ${step}: ${messageOf(cause)}`;
  const again = `npx -y pnpm@12 run deploy --stage ${stage}`;
  if (problems.length > 0)
    return new ReleaseError(
      `${happened}\nNot all of it could be taken back: ${problems.join('; ')}. Release again, or the commit from before: ${again}`,
      step,
      false,
      { cause },
    );
  const isFirst = run.before.serving === undefined;
  return new ReleaseError(
    isFirst
      ? `${happened}\nNothing was live before, so there is nothing to go back to. What was made stays, and the next try goes on from there: ${again}`
      : `${happened}\nWhat was live before is live again. What was added beside it (Foundation, Functions, migrations) answers no request; the next try goes on from there: ${again}`,
    step,
    true,
    { cause },
  );
}

/**
 * Runs steps one after another; when one fails, takes back what it and those before it changed.
 *
 * @throws {ReleaseError} saying what is live
 */
async function runSteps(run: Run, steps: readonly Step[], options: ReleaseOptions): Promise<void> {
  const begun: Step[] = [];
  for (const step of steps) {
    begun.push(step);
    try {
      await asStep(
        options,
        step,
        (report) => step.run({ ...run, report }),
        (text) => text,
      );
    } catch (error) {
      // What an interruption broke is no cause of its own.
      const cause: unknown = run.signal.aborted ? run.signal.reason : error;
      throw failure(step.name, cause, run, await goBack(run, begun, options));
    }
  }
}

/**
 * Releases a stage from an assembly: new versions are tried before any request goes there, and whatever fails, what was live
 * is live again. To release again after a failure goes on to the same end.
 *
 * @throws {PreflightError} naming all that is in the way, with nothing changed
 * @throws {ReleaseError} if a step fails
 * @throws {LockedError} while a model is being promoted
 */
export async function release(options: ReleaseOptions): Promise<void> {
  const { tools, signal } = options;
  const facts = readAssembly(options.assembly, options.stage);
  const quiet: Release = { ...options, report: () => undefined };
  const before = await asStep(
    options,
    preflightStep,
    async (report) => {
      await preflight({ ...options, report }, facts);
      return recordBefore(quiet);
    },
    ({ serving }) => (serving === undefined ? 'the first deployment' : 'nothing is'),
  );
  const run: Run = { ...quiet, facts, before };
  await runSteps(run, [foundation], options);
  const bucket = await output(run, 'Foundation', 'ModelBucket');
  const models = modelsOf(options).map(({ name }) => name);
  await tools.buckets.whileLocked(bucket, models, async (lost) => {
    const both = AbortSignal.any([signal, lost]);
    // Between the look at what is live and the lock a promotion may have gone through.
    const now = await recordBefore(quiet);
    const moved = [...now.aliases].find(
      ([name, alias]) => alias?.version !== before.aliases.get(name)?.version,
    );
    if (moved !== undefined)
      throw new InfraError(
        `${moved[0]} was promoted while Foundation was deployed: release again, from the start`,
      );
    await runSteps({ ...run, signal: both }, lockedSteps, { ...options, signal: both });
  });
}
