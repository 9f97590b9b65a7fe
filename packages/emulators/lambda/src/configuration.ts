import type { Alias } from './aliases.ts';
import type { DescribedFunction, ServedFunction } from './served-function.ts';
import type { PublishedVersion } from './versions.ts';

/** FunctionConfiguration of the Lambda API. */
export function functionConfiguration(
  { spec, codeSha256 }: ServedFunction,
  { version, arn, settings, update }: DescribedFunction,
): Record<string, unknown> {
  return {
    FunctionName: spec.name,
    FunctionArn: arn,
    Role: 'arn:aws:iam::000000000000:role/local',
    PackageType: 'Image',
    Architectures: [process.arch === 'arm64' ? 'arm64' : 'x86_64'],
    Version: version,
    Description: settings.description,
    MemorySize: settings.memoryMb,
    Timeout: settings.timeoutSeconds,
    LastModified: settings.lastModified,
    CodeSha256: codeSha256,
    RevisionId: settings.revisionId,
    State: 'Active',
    LastUpdateStatus: update,
    Environment: { Variables: settings.environment },
  };
}

/** Returns the same of a published version. */
export function versionConfiguration(
  served: ServedFunction,
  { version }: Pick<PublishedVersion, 'version'>,
): Record<string, unknown> {
  return functionConfiguration(served, served.describe(version));
}

/** AliasConfiguration of the Lambda API. */
export function aliasConfiguration(
  { arn }: ServedFunction,
  { name, functionVersion, weights, description, revisionId }: Alias,
): Record<string, unknown> {
  return {
    AliasArn: `${arn}:${name}`,
    Name: name,
    FunctionVersion: functionVersion,
    Description: description,
    ...(Object.keys(weights).length > 0 && {
      RoutingConfig: { AdditionalVersionWeights: weights },
    }),
    RevisionId: revisionId,
  };
}
