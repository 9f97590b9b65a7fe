import { stageVariablePrefix, versionVariable } from '@chorus/blueprint';
import { isVersion } from '@chorus/registry/manifest';
import { OptionError } from './errors.ts';
import type { ModelVersion } from './options.ts';

/** Environment variables; entry points take those of the process, tests their own. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Returns the variables of this process. */
export function processVariables(): Variables {
  return process.env;
}

/** The variable of a version's checksum: `RANDOM_FOREST_MODEL_SHA256`. */
export function checksumVariable(model: string): string {
  return versionVariable(model).replace(/VERSION$/, 'SHA256');
}

/**
 * The versions that `<MODEL>_MODEL_VERSION` and `<MODEL>_MODEL_SHA256` ask for, by model.
 *
 * @throws {OptionError} if one is no version, or no checksum
 */
export function readVersions(
  variables: Variables,
  stage: string,
  models: readonly string[],
): Record<string, ModelVersion> {
  const prefix = stageVariablePrefix(stage);
  const found = models.flatMap((model): [string, ModelVersion][] => {
    const name = `${prefix}${versionVariable(model)}`;
    const checksumName = `${prefix}${checksumVariable(model)}`;
    const version = variables[name];
    const sha256 = variables[checksumName]?.toLowerCase() || undefined;
    if (version === undefined || version === '') return [];
    if (!isVersion(version))
      throw new OptionError(`${name}: expected a version such as v7, got ${version}`);
    if (sha256 !== undefined && !/^[0-9a-f]{64}$/.test(sha256))
      throw new OptionError(`${checksumName}: expected 64 hexadecimal digits, got ${sha256}`);
    return [[model, { version, sha256 }]];
  });
  return Object.fromEntries(found);
}

/**
 * CHORUS_API_URL and CHORUS_API_KEY: a deployed service, and how to be let in.
 *
 * @throws {OptionError} without a URL
 */
export function readService(variables: Variables): {
  readonly url: string;
  readonly key: string | undefined;
} {
  const url = variables['CHORUS_API_URL'];
  if (url === undefined || !URL.canParse(url))
    throw new OptionError('CHORUS_API_URL: expected the output ApiUrl of the Serving stack');
  return { url, key: variables['CHORUS_API_KEY'] || undefined };
}
