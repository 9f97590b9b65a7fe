import { NotDeployedError } from './errors.ts';
import { eventOf } from './packed-event.ts';
import { readCandidate } from './read-versions.ts';
import { readServing } from './serving.ts';
import type { PromotionTarget } from './target.ts';
import { trialRequest } from './trial-request.ts';

/**
 * Returns an event, as JSON, that the live version of a model answers: the request that a version is tried with before it is live.
 *
 * @throws {NotDeployedError} if nothing is live
 * @throws {ManifestError} if the live version has none
 */
export async function exampleEvent(target: PromotionTarget): Promise<string> {
  const { live } = await readServing(target);
  if (live === undefined)
    throw new NotDeployedError(`No version of ${target.model} is live: make one live first`);
  const manifest = await readCandidate(target, live.version);
  return eventOf(trialRequest(manifest, target.examples).request);
}
