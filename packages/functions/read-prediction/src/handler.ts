import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Prediction, readPrediction, resultOf } from '@chorus/predictions/read';
import { NotFoundError, UnavailableError } from '@chorus/protocol';
import type { Handler } from '@chorus/runtime/bootstrap';
import { createReadHandler } from '@chorus/runtime/json-function';
import type { ReadSettings } from './env.ts';

/** Ids as they are made: nothing else is looked up. */
const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const unknown = () =>
  new NotFoundError('no request of this id was accepted, or it was four weeks ago');

/**
 * Makes the handler of `GET /predictions/{id}`. It answers 202 while a request waits or is tried again, what its workflow
 * answered when it is done, and when it failed for good the workflow's status and error with `"status": "failed"`.
 */
export function createPredictionHandler(
  { table }: ReadSettings,
  clock: () => number = Date.now,
): Handler {
  const client = new DynamoDBClient({});
  return createReadHandler(async ({ pathParameters }) => {
    const id = pathParameters.get('id')?.toLowerCase() ?? '';
    if (!idPattern.test(id)) throw unknown();
    let prediction: Prediction | undefined;
    try {
      prediction = await readPrediction(client, table, id, clock);
    } catch (cause) {
      throw new UnavailableError('predictions cannot be read right now; ask again', { cause });
    }
    if (prediction === undefined) throw unknown();
    return resultOf(prediction);
  });
}
