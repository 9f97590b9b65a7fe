import type { Cloud } from './cloud.ts';
import { currentEnvironment, goLive } from './go-live.ts';

/** The variable of the functions that ask any model: a JSON object of names. */
const variable = 'MODEL_FUNCTIONS';

/**
 * Takes models that are not served out of what functions know of: a model without a version is none to ask, and none to
 * wait for. The next start names them again, and so does `chorus models fetch`.
 */
export async function leaveOut(
  { lambda }: Pick<Cloud, 'lambda'>,
  models: readonly string[],
): Promise<void> {
  if (models.length === 0) return;
  for (const served of lambda.list()) {
    const environment = currentEnvironment(served);
    const known = Object.entries(JSON.parse(environment[variable] ?? '{}'));
    const kept = known.filter(([name]) => !models.includes(name));
    if (kept.length === known.length) continue;
    await goLive(served, { ...environment, [variable]: JSON.stringify(Object.fromEntries(kept)) });
  }
}
