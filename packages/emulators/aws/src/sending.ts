import type { ServerResponse } from 'node:http';
import { type AwsAnswer, sendAnswer } from './send.ts';
import type { AwsRequest } from './signed-handler.ts';

/**
 * Stands between a request and its answer: it may wait, answer in the service's place, or change what the service answers.
 *
 * @param answer has the service do what is asked
 * @returns undefined to cut the connection without an answer
 */
export type Interceptor = (
  request: AwsRequest,
  answer: () => Promise<AwsAnswer>,
) => Promise<AwsAnswer | undefined>;

/** Returns the `answer` of a `signedHandler` that sends what a service answers, or what stands between makes of it. */
export function sending(
  answer: (request: AwsRequest) => Promise<AwsAnswer>,
  between?: Interceptor,
): (request: AwsRequest, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const answered = await (between?.(request, () => answer(request)) ?? answer(request));
    if (answered === undefined) response.destroy();
    else sendAnswer(response, answered);
  };
}
