import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from './errors.ts';
import { type ApiAnswer, addressOf, get, type HttpApi, post, refusal } from './http-api.ts';
import { type Io, print, printJson } from './io.ts';

/** A request that was accepted, to be answered later. */
export interface AcceptedRequest {
  readonly id: string;
  /** The path of its answer. */
  readonly url: string;
}

/** Time between two questions for an answer. */
const pauseMs = 500;
/** Longest wait for one: all attempts take less. */
const longestMs = 10 * 60_000;

/** Returns the members of an answer's JSON object; of anything else, none. */
const membersOf = ({ json }: ApiAnswer): Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null ? { ...json } : {};

/**
 * Sends a request to be answered later, and to a webhook as well where one is given.
 *
 * @throws {CliError} with what the service says, if it does not accept the request
 */
export async function askLater(
  api: HttpApi,
  path: string,
  body: unknown,
  webhook?: string,
): Promise<AcceptedRequest> {
  const { asynchronousQuery, webhookQuery } = await import('@chorus/blueprint');
  const { name, later } = asynchronousQuery;
  const told = webhook === undefined ? '' : `&${webhookQuery}=${encodeURIComponent(webhook)}`;
  const answer = await post(api, `${path}?${name}=${later}${told}`, body);
  const { id, url } = membersOf(answer);
  if (answer.status !== 202 || typeof id !== 'string' || typeof url !== 'string')
    throw refusal(answer, addressOf(api, path));
  return { id, url };
}

/** Says where an answer will be. @returns the exit code */
export function tellAccepted(
  accepted: AcceptedRequest,
  api: HttpApi,
  asJson: boolean,
  io: Io,
): number {
  if (asJson) printJson(io, accepted);
  else print(io, `Accepted as ${accepted.id}`, `Its answer: ${addressOf(api, accepted.url)}`);
  return 0;
}

/**
 * Waits until a request is answered, or has failed for good.
 *
 * @throws {CliError} if there is no answer within ten minutes
 */
export async function waitFor({ url }: AcceptedRequest, api: HttpApi): Promise<ApiAnswer> {
  const until = Date.now() + longestMs;
  for (;;) {
    const answer = await get(api, url);
    // A failed one says so; without that the API is busy, or not ready yet.
    const isBusy = [429, 503].includes(answer.status) && membersOf(answer)['status'] !== 'failed';
    if (answer.status !== 202 && !isBusy) return answer;
    if (Date.now() > until)
      throw new CliError(
        `No answer yet. It will be at ${addressOf(api, url)}, unless the request is among the dead letters: chorus dlq list`,
      );
    await sleep(pauseMs);
  }
}
