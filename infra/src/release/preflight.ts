import { qualifierOf } from '../bootstrap/stage-names.ts';
import type { AssemblyFacts } from './assembly.ts';
import { PreflightError } from './errors.ts';
import { checkAccount, checkBootstrap, checkConcurrency, checkZones } from './preflight/account.ts';
import type { Check } from './preflight/check.ts';
import { checkImages } from './preflight/images.ts';
import { checkMigrations } from './preflight/migrations.ts';
import { checkPins, checkPromotions } from './preflight/promotions.ts';
import { checkRemoved } from './preflight/removed.ts';
import { checkStacks } from './preflight/stacks.ts';
import type { Release } from './release-run.ts';

/** Everything that is looked at before a release changes anything. */
const checks: Readonly<Record<string, Check>> = {
  'the account': checkAccount,
  "the CDK's bootstrap": checkBootstrap,
  'the quota of environments': checkConcurrency,
  'the zones': checkZones,
  'the stacks': checkStacks,
  'the images': checkImages,
  'what is live': checkPins,
  promotions: checkPromotions,
  'the migrations': checkMigrations,
  'what is removed': checkRemoved,
};

/**
 * Looks for what is in the way of a release, all of it before anything is changed.
 *
 * @throws {PreflightError} naming every problem and what to do about it
 */
export async function preflight(release: Release, facts: AssemblyFacts): Promise<void> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([what, check]) => {
      try {
        return await check(release, facts);
      } catch (error) {
        // One that cannot be made hides none of the others.
        const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
        return [`${what}: could not be looked at: ${why}`];
      }
    }),
  );
  const problems = found.flat();
  if (problems.length > 0) throw new PreflightError(problems);
}

/**
 * Looks at what a release from source needs of the account and of this machine at least, before minutes go into bundles.
 *
 * @throws {PreflightError} naming every problem and what to do about it
 */
export async function lookFirst(
  release: Pick<Release, 'tools' | 'spec' | 'stage'> & {
    /** Looks whether images can be built. */
    readonly builderProblem: () => Promise<string | undefined>;
  },
): Promise<void> {
  const bootstrap = { [`/cdk-bootstrap/${qualifierOf(release.stage)}/version`]: 1 };
  const found = await Promise.all([
    checkAccount(release, { account: undefined, region: undefined }),
    checkBootstrap(release, { bootstrap }),
    release.builderProblem().then((problem) => (problem === undefined ? [] : [problem])),
  ]);
  const problems = found.flat();
  if (problems.length > 0) throw new PreflightError(problems);
}
