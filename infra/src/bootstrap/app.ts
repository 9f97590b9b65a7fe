import type { Repository, StageSpec } from '@chorus/blueprint';
import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { OptionError } from '../errors.ts';
import { placeOf } from './arns.ts';
import { addBootstrap, addIdentity } from './stacks.ts';
import { ownNames, previews } from './stage-names.ts';

/** The exports of `infra/stages.ts` that a bootstrap reads. */
export interface Stages {
  readonly repository: Repository;
  readonly stages: Readonly<Record<string, StageSpec>>;
  readonly preview: StageSpec;
}

/** The beginning of the repository's name in `infra/stages.ts` before a user sets it. */
const example = 'your-organisation/';

/**
 * Returns the repository that may deploy, with its number.
 *
 * @throws {OptionError} if `infra/stages.ts` does not say it
 */
export function repositoryOf({ repository }: Stages): Repository & { readonly id: number } {
  const { name, id } = repository;
  if (name.startsWith(example) || !/^[\w.-]+\/[\w.-]+$/.test(name))
    throw new OptionError(
      `infra/stages.ts: repository is ${name}; write the one that deploys, as owner/name, and its id, which gh api repos/owner/name --jq .id prints`,
    );
  if (id === undefined)
    throw new OptionError(
      `infra/stages.ts: repository has no id, by which AWS tells it from one that takes its name later; gh api repos/${name} --jq .id prints it`,
    );
  return { name, id };
}

/** Returns the options of a stage, or of previews. */
export function specOf({ stages, preview }: Stages, bootstrap: string): StageSpec {
  return stages[bootstrap] ?? preview;
}

/** Tells whether another bootstrap may be in the account of this one: unless `infra/stages.ts` says two accounts. */
export function isNear(all: Stages, bootstrap: string, other: string): boolean {
  const { account } = specOf(all, bootstrap);
  const { account: another } = specOf(all, other);
  return account === undefined || another === undefined || account === another;
}

/** Tells whether `infra/stages.ts` puts other stages into the account of this one. */
export function isShared(all: Stages, bootstrap: string): boolean {
  const { account } = specOf(all, bootstrap);
  if (account === undefined) return false;
  return [...Object.keys(all.stages), previews].some(
    (each) => each !== bootstrap && specOf(all, each).account === account,
  );
}

/**
 * Puts the stacks of one bootstrap into an app: `Identity` and `Bootstrap`.
 *
 * @param account the account of the credentials
 *
 * @throws {OptionError} if `infra/stages.ts` has no such stage, or no repository
 */
export function addStacks(app: App, all: Stages, bootstrap: string, account: string): void {
  const own = ownNames(bootstrap, Object.keys(all.stages), (other) =>
    isNear(all, bootstrap, other),
  );
  const spec = specOf(all, bootstrap);
  const place = placeOf(account, spec.region);
  const repository = repositoryOf(all);
  addIdentity(app, 'Identity', place);
  addBootstrap(app, 'Bootstrap', {
    place,
    own,
    spec,
    repository,
    isShared: isShared(all, bootstrap),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}
