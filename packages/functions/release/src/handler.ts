import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import type { PromotedVersion, PublishedVersion } from '@chorus/pipeline-runs';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { ReleaseSettings } from './env.ts';
import { makeLive } from './promote.ts';
import { openPublishing } from './publish.ts';
import { parseStep } from './steps.ts';

/**
 * Makes the handler that publishes candidates as versions (`publish`), and makes versions live (`promote`). A step that is run again
 * publishes nothing twice, and finds live what it made live.
 *
 * @throws {InvalidRequestError} naming what is wrong with the event
 * @throws {CandidateError} if a candidate's files are not there
 * @throws {RegistryError} @throws {PromotionError} LockedError may end otherwise when it is tried again
 */
export function createHandler(settings: ReleaseSettings): Handler {
  const client = new S3Client({ forcePathStyle: settings.hasOwnEndpoint });
  const releasing = {
    lambda: new LambdaClient({}),
    registry: { client, bucket: settings.modelsBucket },
    functions: settings.functions,
    // At AWS environments cannot be told from each other.
    endsWithProcess: settings.hasOwnEndpoint,
  };
  const publish = openPublishing(client, settings);
  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const step = parseStep(event);
    notes['step'] = step.step;
    if (step.step === 'publish') {
      const published: PublishedVersion[] = [];
      for (const model of step.models) published.push(await publish(model));
      return { published };
    }
    const promoted: PromotedVersion[] = [];
    const lines: string[] = [];
    for (const model of step.models)
      promoted.push(await makeLive(releasing, step, model, (line) => lines.push(line)));
    notes['report'] = lines.join(' ');
    return { promoted };
  };
}
