import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { resultOf } from '@chorus/predictions/read';
import { openPredictions } from '@chorus/predictions/table';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { within } from '@chorus/runtime/within';
import { parseWebhookUrl, readSecret, signedHeaders, WebhookUrlError } from '@chorus/webhooks';
import type { CallSettings } from './env.ts';
import { WebhookFailedError, WebhookGoneError, WebhookRefusedError } from './errors.ts';
import { findAddresses, type Lookup, lookupAll } from './find-addresses.ts';
import { post } from './post.ts';

/** Longest that the receiver may take to answer, in milliseconds, with the time to find and to reach it. */
const longestMs = 10_000;

/** How the function reaches receivers. */
export interface Network {
  readonly lookup?: Lookup;
  /** Certificates that sign the receivers', in PEM. @default Node's own */
  readonly ca?: string;
  readonly longestMs?: number;
}

/** The end of a request that is to be told. */
interface Ended {
  readonly id: string;
  readonly replays: number;
}

/** @throws {WebhookRefusedError} if the event names no end of a request */
function parseEvent(event: unknown): Ended {
  const { id, replays } = Object(event) as Partial<Ended>;
  if (typeof id !== 'string' || id === '' || typeof replays !== 'number')
    throw new WebhookRefusedError('the event: expected {"id", "replays"}');
  return { id, replays };
}

/** @throws {WebhookRefusedError} if the URL may not be told, or not any more */
function urlOf(webhook: string | undefined, isLocal: boolean): URL {
  if (webhook === undefined) throw new WebhookRefusedError('the request has no webhook');
  try {
    return parseWebhookUrl(webhook, { isLocal });
  } catch (cause) {
    if (!(cause instanceof WebhookUrlError)) throw cause;
    throw new WebhookRefusedError(`the URL may not be told: ${cause.message}`, { cause });
  }
}

/** @throws {WebhookGoneError} for 410, {WebhookFailedError} for any other status that is not 2xx */
function judge(status: number, { origin, pathname }: URL): void {
  if (status >= 200 && status < 300) return;
  const said = `${origin}${pathname} answered ${status}`;
  if (status === 410) throw new WebhookGoneError(`${said}: it wants no more calls`);
  const why = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  throw new WebhookFailedError(said + why);
}

/**
 * Makes the handler that tells the URL of a request of its end, with the JSON of `GET /predictions/{id}`, signed by the secret with
 * which the URL is registered. An end that was told already, or that a replay has undone, is not told.
 */
export function createCallHandler(
  settings: CallSettings,
  { lookup = lookupAll, ca, longestMs: patience = longestMs }: Network = {},
  clock: () => number = Date.now,
): Handler {
  const client = new DynamoDBClient({});
  const predictions = openPredictions(client, settings.predictions, clock);
  const { isLocal } = settings;
  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const { id, replays } = parseEvent(event);
    const prediction = await predictions.read(id);
    if (prediction === undefined)
      throw new WebhookRefusedError('the request has expired, so there is nothing to tell');
    const isUndone = prediction.status === 'accepted' || prediction.replays !== replays;
    if (isUndone || prediction.isTold) return { told: prediction.isTold === true };

    const { webhook = '' } = prediction;
    const url = urlOf(prediction.webhook, isLocal);
    const [registered = ''] = webhook.split('?');
    const secret = await readSecret(client, settings.webhooks, registered);
    if (secret === undefined)
      throw new WebhookRefusedError(`${registered} is not registered any more`);

    const body = JSON.stringify(resultOf(prediction).value);
    const message = {
      id: replays === 0 ? id : `${id}-${replays}`,
      timestamp: Math.floor(clock() / 1000),
      body,
    };
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'chorus',
      ...signedHeaders(message, secret),
    };
    const signal = AbortSignal.timeout(patience);
    // The name service cannot be told to stop.
    const addresses = await within(
      patience,
      findAddresses(url, isLocal, lookup),
      () => new WebhookFailedError(`the address of ${url.hostname} was not found in time`),
    );
    const status = await post({ url, addresses, headers, body, ca }, signal);
    notes['receiverStatus'] = status;
    judge(status, url);
    await predictions.noteTold({ id, replays });
    return { told: true };
  };
}
