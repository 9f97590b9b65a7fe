import { OptionError } from '../errors.ts';
import { isNear, isShared, repositoryOf, type Stages, specOf } from './app.ts';
import { ownNames } from './stage-names.ts';
import { type Found, githubLines, remarks, stepsOf } from './steps.ts';

/** The tools that a bootstrap acts through: AWS and a terminal at work, doubles in tests. */
export interface BootstrapTools {
  lookAround(region: string): Promise<Found>;
  /** Runs the CDK's command line, and fails when it does. */
  cdk(parameters: readonly string[], region: string): Promise<void>;
  say(line: string): void;
  /** @throws {InfraError} if it is not meant */
  confirm(question: string): Promise<void>;
}

/**
 * Prepares an account for a stage: says what it will do, asks, does it, and says what is left to do at GitHub. It can be
 * done again at any time.
 *
 * @param stage a stage of `infra/stages.ts`, or `preview`
 * @throws {OptionError} if `infra/stages.ts` has no such stage or no repository, or means another account
 * @throws {InfraError} if it is not confirmed
 */
export async function bootstrap(
  all: Stages,
  stage: string,
  { lookAround, cdk, say, confirm }: BootstrapTools,
): Promise<void> {
  const own = ownNames(stage, Object.keys(all.stages), (other) => isNear(all, stage, other));
  const spec = specOf(all, stage);
  const repository = repositoryOf(all);
  const found = await lookAround(spec.region);
  const { place } = found;
  if (spec.account !== undefined && spec.account !== place.account)
    throw new OptionError(
      `the credentials are of account ${place.account}, and infra/stages.ts puts ${stage} into ${spec.account}`,
    );
  const steps = stepsOf(own, found);
  say(`In account ${place.account}, ${place.region}, for workflows of ${repository.name}:`);
  for (const [index, { what }] of steps.entries()) say(`  ${index + 1}. ${what}`);
  await confirm('Go on?');
  for (const { what, parameters } of steps) {
    say(`\n${what}`);
    await cdk(parameters, place.region);
  }
  for (const line of remarks(own, spec, isShared(all, stage))) say(`\n${line}`);
  say('\nLeft to do at GitHub, once:');
  for (const line of githubLines(own, repository, place)) say(`  ${line}`);
}
