import { liveAlias } from '@chorus/blueprint';
import type { Cloud } from '../src/index.ts';

/**
 * Makes an environment live without asking whether it works, as no tool of ours would: configures `$LATEST`, publishes
 * it and points the alias at it.
 */
export async function forceLive(
  { lambda }: Cloud,
  functionName: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  const served = lambda.find(functionName);
  await served.update({ Environment: { Variables: environment } }).done;
  const { version } = await served.publish({});
  await served.updateAlias(liveAlias, { FunctionVersion: version, RoutingConfig: {} });
}
