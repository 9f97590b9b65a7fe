import { versionVariable } from '@chorus/blueprint';
import { StartError } from './errors.ts';
import type { FeatureServers } from './feature-store.ts';

/** The settings that the local cloud takes from its environment; everything else is in the blueprint. */
export interface Environment {
  /** Port on 127.0.0.1; 0 takes a free one. @default 8787 */
  readonly port: number;
  /** Folder for everything that outlives a start, from the repository's root. @default .chorus */
  readonly directory: string;
  /** PATH for the worker processes. */
  readonly path: string;
  /** Version that `<MODEL>_MODEL_VERSION` asks for, by model. */
  readonly versions: Readonly<Record<string, string>>;
  /** CHORUS_IN_FLIGHT: requests in flight at once; the others get 429. @default by cores and memory */
  readonly inFlight: number | undefined;
  /** FEATURES_DATABASE_URL and FEATURES_CACHE_URL: servers to use instead of the embedded ones. */
  readonly featureServers: FeatureServers;
}

/**
 * Reads the environment.
 *
 * @throws {StartError} if PORT is not a port, or CHORUS_IN_FLIGHT not a count
 */
export function readEnvironment(models: readonly string[]): Environment {
  const port = Number(process.env['PORT'] ?? 8787);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartError(`PORT must be a number from 0 to 65535, got ${process.env['PORT']}`);
  const inFlight = process.env['CHORUS_IN_FLIGHT'] || undefined;
  if (inFlight !== undefined && !/^[1-9]\d{0,5}$/.test(inFlight))
    throw new StartError(`CHORUS_IN_FLIGHT must be a number from 1 to 999999, got ${inFlight}`);
  const versions = models.flatMap((model) => {
    const version = process.env[versionVariable(model)];
    return version === undefined || version === '' ? [] : [[model, version]];
  });
  return {
    port,
    directory: process.env['CHORUS_DIRECTORY'] ?? '.chorus',
    path: process.env['PATH'] ?? '',
    versions: Object.fromEntries(versions),
    inFlight: inFlight === undefined ? undefined : Number(inFlight),
    featureServers: {
      databaseUrl: process.env['FEATURES_DATABASE_URL'] || undefined,
      cacheUrl: process.env['FEATURES_CACHE_URL'] || undefined,
    },
  };
}

/** CHORUS_DEBUG: a start that fails shows its stack too. */
export function wantsStacks(): boolean {
  return Boolean(process.env['CHORUS_DEBUG']);
}

/** Returns the variables that a container client needs to find its engine. */
export function clientEnvironment(): Readonly<Record<string, string>> {
  const names = [
    'PATH',
    'HOME',
    'DOCKER_HOST',
    'DOCKER_CONTEXT',
    'DOCKER_CONFIG',
    'XDG_RUNTIME_DIR',
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
