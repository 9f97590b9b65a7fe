import { isDeepStrictEqual } from 'node:util';
import { checkRevision, invalidParameter } from './errors.ts';
import { checkDescription, type FunctionSettings, newRevision } from './functions.ts';

/** A published version: a number, and settings that never change again. */
export interface PublishedVersion extends FunctionSettings {
  /** `1`, `2`, … */
  readonly version: string;
  /** The description `$LATEST` had; the version's own may have been given when it was published. */
  readonly latestDescription: string;
}

/** A PublishVersion request. */
export interface PublishRequest {
  readonly CodeSha256?: string;
  readonly Description?: string;
  readonly RevisionId?: string;
}

/** Returns the part of a version that tells it from another, without when or by whom it was made. */
function contentOf(settings: FunctionSettings, description: string): unknown {
  const { environment, memoryMb, timeoutSeconds } = settings;
  return { environment, memoryMb, timeoutSeconds, description };
}

/**
 * The version that publishing `$LATEST` gives: a new one, or the last one again if nothing has changed since.
 *
 * @param last the version published last
 * @param published the highest number that was given; no number is given twice
 * @throws {LambdaError} PreconditionFailedException, or InvalidParameterValueException for another code than asked for
 */
export function nextVersion(
  latest: FunctionSettings,
  codeSha256: string,
  last: PublishedVersion | undefined,
  request: PublishRequest,
  published: number,
): PublishedVersion {
  checkDescription(request.Description);
  checkRevision(request.RevisionId, latest.revisionId, 'GetFunction');
  if (request.CodeSha256 !== undefined && request.CodeSha256 !== codeSha256)
    throw invalidParameter(
      `CodeSHA256 (${request.CodeSha256}) is different from current CodeSHA256 in $LATEST (${codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  const isUnchanged =
    last !== undefined &&
    isDeepStrictEqual(
      contentOf(last, last.latestDescription),
      contentOf(latest, latest.description),
    );
  if (isUnchanged) return last;
  return {
    ...latest,
    ...newRevision(),
    description: request.Description ?? latest.description,
    latestDescription: latest.description,
    version: String(published + 1),
  };
}
