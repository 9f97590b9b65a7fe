import { checkRevision, invalidParameter } from './errors.ts';
import { checkDescription, newRevision } from './functions.ts';
import { isVersionNumber, latestVersion } from './qualifier.ts';

/** A name for a version of a function, or for two of them by weight. */
export interface Alias {
  readonly name: string;
  readonly functionVersion: string;
  /** Share of invocations, 0 to 1, of at most one further version; the rest is `functionVersion`'s. */
  readonly weights: Readonly<Record<string, number>>;
  readonly description: string;
  readonly revisionId: string;
}

/** The body of CreateAlias and UpdateAlias; what an update leaves out stays. */
export interface AliasRequest {
  readonly Name?: string;
  readonly FunctionVersion?: string;
  readonly Description?: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights?: Readonly<Record<string, number>> };
  readonly RevisionId?: string;
}

/** Returns an alias that makes sense. @throws {LambdaError} InvalidParameterValueException */
function checked(alias: Alias): Alias {
  const { functionVersion, weights, description } = alias;
  const additional = Object.entries(weights);
  checkDescription(description);
  if (functionVersion !== latestVersion && !isVersionNumber(functionVersion))
    throw invalidParameter(
      `FunctionVersion must be $LATEST or the number of a version, got ${functionVersion}`,
    );
  if (additional.length > 1)
    throw invalidParameter('The number of entries in AdditionalVersionWeights exceeds 1');
  for (const [version, weight] of additional) {
    if (!isVersionNumber(version) || functionVersion === latestVersion)
      throw invalidParameter(
        '$LATEST is not supported for an alias pointing to more than 1 version',
      );
    if (!(typeof weight === 'number' && weight >= 0 && weight <= 1))
      throw invalidParameter(
        `The weight of version ${version} must be from 0.0 to 1.0, got ${weight}`,
      );
    if (version === functionVersion)
      throw invalidParameter(
        `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
      );
  }
  return alias;
}

/** A new alias. @throws {LambdaError} InvalidParameterValueException */
export function createAlias(request: AliasRequest): Alias {
  const { Name = '', FunctionVersion = '', Description = '' } = request;
  // A name of digits alone would be a version's.
  if (!/^(?!\d+$)[\w-]{1,128}$/.test(Name))
    throw invalidParameter(
      `Name must be letters, digits, - and _, not digits alone, got "${Name}"`,
    );
  return checked({
    name: Name,
    functionVersion: FunctionVersion,
    weights: request.RoutingConfig?.AdditionalVersionWeights ?? {},
    description: Description,
    revisionId: newRevision().revisionId,
  });
}

/** An alias after a change. @throws {LambdaError} InvalidParameterValueException, PreconditionFailedException */
export function updateAlias(current: Alias, request: AliasRequest): Alias {
  checkRevision(request.RevisionId, current.revisionId, 'GetAlias');
  const { RoutingConfig } = request;
  return checked({
    name: current.name,
    functionVersion: request.FunctionVersion ?? current.functionVersion,
    // An empty one takes the second version away, none leaves things as they are.
    weights:
      RoutingConfig === undefined
        ? current.weights
        : (RoutingConfig.AdditionalVersionWeights ?? {}),
    description: request.Description ?? current.description,
    revisionId: newRevision().revisionId,
  });
}

/** Every version an alias may invoke. */
export function versionsOf({ functionVersion, weights }: Alias): readonly string[] {
  return [functionVersion, ...Object.keys(weights)];
}

/**
 * The version that one invocation of an alias goes to: chance, as on Lambda, without memory of the caller.
 *
 * @param chance at least 0, below 1
 */
export function route({ functionVersion, weights }: Alias, chance: number): string {
  const [additional] = Object.entries(weights);
  return additional !== undefined && chance < additional[1] ? additional[0] : functionVersion;
}
