import { accountId, region } from '@chorus/emulator-aws';
import { invalidParameter, notFound } from './errors.ts';

/** The version that is not published. */
export const latestVersion = '$LATEST';

/** A function and the part of it that is invoked or read: a version, an alias, or by default `$LATEST`. */
export interface FunctionReference {
  readonly name: string;
  readonly qualifier: string | undefined;
}

const reference =
  /^(?:arn:aws[\w-]*:lambda:(?<region>[\w-]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[\w-]+)(?::(?<qualifier>\$LATEST|[\w-]+))?$/;

/**
 * Takes a function's name, partial ARN or ARN apart, each with or without `:qualifier`.
 *
 * @param qualifier the `Qualifier` parameter beside it
 * @throws {LambdaError} ResourceNotFoundException if it is no such name, or of another region or account;
 *   InvalidParameterValueException if the two qualifiers disagree
 */
export function parseReference(nameOrArn: string, qualifier?: string): FunctionReference {
  const match = reference.exec(nameOrArn)?.groups;
  if (match?.['name'] === undefined) throw notFound(`Function not found: ${nameOrArn}`);
  if (match['region'] !== undefined && match['region'] !== region)
    throw notFound(
      `Functions from '${match['region']}' are not reachable in this region ('${region}')`,
    );
  if (match['account'] !== undefined && match['account'] !== accountId)
    throw notFound(`Function not found: ${nameOrArn}`);
  const derived = match['qualifier'];
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier)
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  return { name: match['name'], qualifier: derived ?? qualifier };
}

/** Tells whether a qualifier is the number of a published version. */
export function isVersionNumber(qualifier: string): boolean {
  return /^\d+$/.test(qualifier);
}
