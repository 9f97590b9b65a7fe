import { liveAlias } from '@chorus/blueprint';
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
