import { createHash } from 'node:crypto';
import { stagePrefix } from '@chorus/blueprint';
import { OptionError } from '../errors.ts';

/** The bootstrap that stages of pull requests, `pr-<number>`, share. */
export const previews = 'preview';

const previewPattern = /^pr-\d+$/;

/** Returns the bootstrap that a stage is deployed through: its own, or that of all previews. */
export function bootstrapOf(stage: string): string {
  return previewPattern.test(stage) ? previews : stage;
}

/**
 * Returns the qualifier of a stage's CDK bootstrap, ten letters and digits: stages in one account have bootstraps of
 * their own, so that none deploys through another's roles.
 */
export function qualifierOf(stage: string): string {
  const digest = createHash('sha256').update(bootstrapOf(stage)).digest('hex');
  return `c${digest.slice(0, 9)}`;
}

/** What `bootstrap` makes under names of ours; the CDK's own have its qualifier. */
type Part = 'deploy' | 'assemble' | 'execution' | 'roles' | 'others' | 'boundary' | 'toolkit';

/** Returns the name of a role or policy that `bootstrap` makes: `chorus-staging-deploy`. */
export function bootstrapName(bootstrap: string, part: Part): string {
  return `chorus-${bootstrap}-${part}`;
}

/** The policies of CloudFormation's role, together; one has no room for all. */
export const executionParts = ['execution', 'roles', 'others'] as const;

/** The tag of everything that belongs to a stage; its value is the stage's name. */
export const stageTag = 'chorus:stage';

/** The path of the roles and policies that a deployment makes: IAM's own names may be cut, a path is not. */
export function rolePath(stage: string): string {
  return `/chorus/${bootstrapOf(stage)}/`;
}

/** The names that belong to a bootstrap. */
export interface OwnNames {
  readonly bootstrap: string;
  /** Of its CDK bootstrap. */
  readonly qualifier: string;
  /** The value of its tag, as IAM's conditions write it: `pr-*` for previews. */
  readonly tag: string;
  /** What its names begin with: `chorus-staging-`. */
  readonly prefix: string;
  /** Beginnings of names that begin with `prefix` too, and belong to others: production is `chorus-`. */
  readonly others: readonly string[];
}

function prefixOf(bootstrap: string): string {
  return bootstrap === previews ? `${stagePrefix('pr')}-` : `${stagePrefix(bootstrap)}-`;
}

/** Longer names would not leave room for what CloudFormation adds to them. */
const longestStage = 16;

/**
 * Returns the names of a stage's bootstrap, or of that of the previews, and which of them are another's.
 *
 * @param stages names of all stages
 * @param isNear whether another bootstrap may be in the same account. @default it may
 * @throws {OptionError} if a stage's names cannot be told from those of previews, or are too long
 */
export function ownNames(
  bootstrap: string,
  stages: readonly string[],
  isNear: (other: string) => boolean = () => true,
): OwnNames {
  for (const stage of stages) {
    if (stage === previews || /^pr(-|$)/.test(stage))
      throw new OptionError(`infra/stages.ts: ${stage} is a name that previews have; take another`);
    if (stage.length > longestStage)
      throw new OptionError(
        `infra/stages.ts: ${stage} has ${stage.length} characters, more than ${longestStage}: AWS would cut names by which rights are told apart`,
      );
  }
  if (bootstrap !== previews && !stages.includes(bootstrap))
    throw new OptionError(
      `infra/stages.ts has no stage ${bootstrap}; there are ${[...stages, previews].join(', ')}`,
    );
  const prefix = prefixOf(bootstrap);
  const others = [...stages, previews]
    .filter((each) => each !== bootstrap && isNear(each))
    .map(prefixOf)
    .filter((each) => each.startsWith(prefix));
  const tag = bootstrap === previews ? 'pr-*' : bootstrap;
  return { bootstrap, qualifier: qualifierOf(bootstrap), tag, prefix, others };
}
