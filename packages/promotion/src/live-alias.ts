import { isDeepStrictEqual } from 'node:util';
import {
  type AliasConfiguration,
  CreateAliasCommand,
  GetAliasCommand,
  UpdateAliasCommand,
} from '@aws-sdk/client-lambda';
import { codeOf } from '@chorus/registry/s3';
import { ChangedMeanwhileError, NotDeployedError } from './errors.ts';
import type { PromotionTarget, ServedVersion } from './target.ts';

/** The version that the alias points to. */
export interface LiveAlias {
  readonly functionVersion: string;
  /** A second version and its share of invocations, 0 to 1, while a canary runs. */
  readonly canary: { readonly functionVersion: string; readonly weight: number } | undefined;
  readonly description: string;
  readonly revisionId: string | undefined;
}

/** The changes that `moveAlias` makes; members that are absent stay. */
export interface AliasMove {
  readonly functionVersion?: string;
  readonly description?: string;
  /** Absent: all invocations go to the main version. */
  readonly canary?: { readonly functionVersion: string; readonly weight: number };
}

function liveAlias(answer: AliasConfiguration): LiveAlias {
  const [canary] = Object.entries(answer.RoutingConfig?.AdditionalVersionWeights ?? {});
  return {
    functionVersion: answer.FunctionVersion ?? '',
    canary: canary && { functionVersion: canary[0], weight: canary[1] },
    description: answer.Description ?? '',
    revisionId: answer.RevisionId,
  };
}

/** Reads the alias; undefined when there is none (or no such function). */
export async function findAlias({
  lambda,
  functionName,
  alias,
}: PromotionTarget): Promise<LiveAlias | undefined> {
  try {
    const command = new GetAliasCommand({ FunctionName: functionName, Name: alias });
    return liveAlias(await lambda.send(command));
  } catch (error) {
    if (codeOf(error) === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** The same, of a function that must have it. @throws {NotDeployedError} */
export async function readAlias(target: PromotionTarget): Promise<LiveAlias> {
  const found = await findAlias(target);
  if (found !== undefined) return found;
  throw new NotDeployedError(
    `${target.functionName} has no alias ${target.alias}, so nothing is live: deploy it, or begin with: chorus models swap ${target.model} <version>`,
  );
}

/** Creates the first pointing of the alias. */
export async function createAlias(
  { lambda, functionName, alias }: PromotionTarget,
  functionVersion: string,
  description: string,
): Promise<LiveAlias> {
  return liveAlias(
    await lambda.send(
      new CreateAliasCommand({
        FunctionName: functionName,
        Name: alias,
        FunctionVersion: functionVersion,
        Description: description,
      }),
    ),
  );
}

/**
 * Points the alias elsewhere, if it is still as it was read.
 *
 * @param before as it was read; its revision is the condition
 * @throws {ChangedMeanwhileError} when another process has changed it
 */
export async function moveAlias(
  target: PromotionTarget,
  before: LiveAlias,
  { functionVersion, description, canary }: AliasMove,
): Promise<LiveAlias> {
  const { lambda, functionName, alias, model } = target;
  const weights = canary === undefined ? {} : { [canary.functionVersion]: canary.weight };
  try {
    const answer = await lambda.send(
      new UpdateAliasCommand({
        FunctionName: functionName,
        Name: alias,
        ...(functionVersion !== undefined && { FunctionVersion: functionVersion }),
        ...(description !== undefined && { Description: description }),
        // An empty map is what takes a second version away.
        RoutingConfig: { AdditionalVersionWeights: weights },
        ...(before.revisionId !== undefined && { RevisionId: before.revisionId }),
      }),
    );
    return liveAlias(answer);
  } catch (cause) {
    const moved = await findMoved(target, before, { functionVersion, description, canary });
    if (moved !== undefined) return moved;
    throw isConflict(cause) ? changedMeanwhile(model, cause) : cause;
  }
}

/**
 * The alias, if it is as was asked for after all: where an answer is lost on its way, the SDK asks again, and is then told
 * that the alias has changed.
 */
async function findMoved(
  target: PromotionTarget,
  before: LiveAlias,
  asked: { readonly [Field in keyof AliasMove]: AliasMove[Field] | undefined },
): Promise<LiveAlias | undefined> {
  const now = await findAlias(target).catch(() => undefined);
  const isAsAsked =
    now?.functionVersion === (asked.functionVersion ?? before.functionVersion) &&
    now.description === (asked.description ?? before.description) &&
    isDeepStrictEqual(now.canary, asked.canary) &&
    now.revisionId !== before.revisionId;
  return isAsAsked ? now : undefined;
}

/** Tells whether Lambda refused because something has changed, or is changing, under our hands. */
export function isConflict(error: unknown): boolean {
  return ['PreconditionFailedException', 'ResourceConflictException'].includes(codeOf(error));
}

export function changedMeanwhile(model: string, cause?: unknown): ChangedMeanwhileError {
  return new ChangedMeanwhileError(
    `Somebody else is changing ${model} at this moment. See what is live (chorus models list), then try again`,
    { cause },
  );
}

const described =
  /^(?<version>v\d+) is version (?<functionVersion>\d+)(?:, before: (?<beforeVersion>v\d+) was (?<before>\d+))?$/;

/**
 * The alias's description: what is live, and what was before, to which a rollback returns. It changes in the same step
 * as the alias itself, so the two cannot disagree.
 */
export function describeAlias(live: ServedVersion, before: ServedVersion | undefined): string {
  const was =
    before === undefined ? '' : `, before: ${before.version} was ${before.functionVersion}`;
  return `${live.version} is version ${live.functionVersion}${was}`;
}

/**
 * Returns the version that was live before, as the description says; undefined when it does not, or is of another
 * version.
 */
export function versionBefore({
  description,
  functionVersion,
}: LiveAlias): ServedVersion | undefined {
  const found = described.exec(description)?.groups;
  const { beforeVersion, before } = found ?? {};
  if (found?.['functionVersion'] !== functionVersion) return undefined;
  if (beforeVersion === undefined || before === undefined) return undefined;
  return { version: beforeVersion, functionVersion: before };
}
