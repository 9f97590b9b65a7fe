import { type Blueprint, liveAlias, physicalName } from '@chorus/blueprint';
import type { SettingsChange } from '@chorus/emulator-lambda';
import type { Cloud } from '../src/index.ts';

/**
 * Makes a change live without asking whether it works, as no tool of ours would: configures `$LATEST`, publishes it and
 * points the alias at it.
 */
export async function forceLiveSettings(
  { lambda }: Cloud,
  functionName: string,
  change: SettingsChange,
): Promise<void> {
  await lambda.configure(functionName, change);
  const served = lambda.find(functionName);
  const { version } = await served.publish({});
  await served.updateAlias(liveAlias, { FunctionVersion: version, RoutingConfig: {} });
}

/** The same for a new environment. */
export function forceLive(
  cloud: Cloud,
  functionName: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  return forceLiveSettings(cloud, functionName, { Environment: { Variables: environment } });
}

/** Makes models live that have no weights: they are code of the tests. Those that are live stay as they are. */
export async function makeModelsLive(
  { lambda }: Pick<Cloud, 'lambda'>,
  { functions }: Blueprint,
): Promise<void> {
  for (const { name } of functions.filter(({ kind }) => kind === 'model')) {
    const served = lambda.find(physicalName(name));
    if (served.aliases().some((each) => each.name === liveAlias)) continue;
    const { version } = await served.publish({});
    await served.createAlias({ Name: liveAlias, FunctionVersion: version });
  }
}
