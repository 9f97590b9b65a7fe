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
  answer: () => Promise<AwsAnswer | undefined>,
) => Promise<AwsAnswer | undefined>;

/**
 * Returns the `answer` of a `signedHandler` that sends what a service answers, or what stands between makes of it.
 *
 * @param answer has the service do what is asked; it may look at the response to see whether the caller is still there
 */
export function sending(
  answer: (request: AwsRequest, response: ServerResponse) => Promise<AwsAnswer | undefined>,
  between?: Interceptor,
): (request: AwsRequest, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const ask = () => answer(request, response);
    const answered = await (between?.(request, ask) ?? ask());
    if (answered === undefined) response.destroy();
    else sendAnswer(response, answered);
  };
}
