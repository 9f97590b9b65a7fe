import { isDeepStrictEqual } from 'node:util';
import { liveAlias } from '@chorus/blueprint';
import type { FunctionSettings, ServedFunction } from '@chorus/emulator-lambda';

type Environment = Readonly<Record<string, string>>;

/** Returns the configuration that the alias `live` invokes; undefined when there is none yet. */
export function liveSettings(served: ServedFunction): FunctionSettings | undefined {
  const isLive = served.aliases().some(({ name }) => name === liveAlias);
  return isLive ? served.describe(liveAlias).settings : undefined;
}

/** Returns the variables of `$LATEST`, under those of what is live. */
export function currentEnvironment(served: ServedFunction): Environment {
  return { ...served.describe().settings.environment, ...liveSettings(served)?.environment };
}

/**
 * Configures `$LATEST` and makes it live as a published version, unless what is live is just that.
 *
 * @param prove called with the published version before anything is sent there
 * @throws what `prove` throws; what was live stays so
 */
export async function goLive(
  served: ServedFunction,
  environment: Environment,
  prove?: (version: string) => Promise<void>,
): Promise<void> {
  const latest = served.describe().settings;
  if (!isDeepStrictEqual({ ...latest.environment }, environment))
    await (await served.update({ Environment: { Variables: environment } })).done;
  const { memoryMb, timeoutSeconds } = latest;
  const live = liveSettings(served);
  const wanted = { ...live, environment, memoryMb, timeoutSeconds };
  if (live !== undefined && isDeepStrictEqual(live, wanted)) return;
  const { version } = await served.publish({});
  await prove?.(version);
  await (live === undefined
    ? served.createAlias({ Name: liveAlias, FunctionVersion: version })
    : served.updateAlias(liveAlias, {
        FunctionVersion: version,
        RoutingConfig: {},
        Description: '',
      }));
}
