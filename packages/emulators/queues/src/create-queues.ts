import {
  type AwsRequest,
  type Credentials,
  type Handle,
  type Interceptor,
  sending,
  signedHandler,
} from '@chorus/emulator-aws';
import { type QueuesOptions, type QueuesService, startService } from './service.ts';
import { answerSns, sendSnsError } from './sns/api.ts';
import { answerSqs } from './sqs/api.ts';

export interface QueuesEmulator {
  readonly service: QueuesService;
  /** Answers a request to the SQS API. */
  readonly handleSqs: Handle;
  /** Answers a request to the SNS API. */
  readonly handleSns: Handle;
  /** Ends what waits and closes the file. */
  close(): Promise<void>;
}

/** The address that the caller used. */
const originOf = ({ headers }: AwsRequest): string => `http://${headers['host']}`;

/**
 * Queues and topics on disk, kept in one file of the folder, which is opened when it is first needed.
 *
 * @param options.credentials the keys that every request must be signed with
 * @param options.between stands between requests to SQS and their answers
 */
export function createQueues({
  credentials,
  between,
  ...options
}: QueuesOptions & {
  readonly credentials: Credentials;
  readonly between?: Interceptor;
}): QueuesEmulator {
  const { service, close } = startService(options);
  return {
    service,
    handleSqs: signedHandler({
      credentials,
      answer: sending(
        (request, response) =>
          answerSqs(request, response, (operation, parameters, signal) =>
            service.sqs(operation, parameters, originOf(request), signal),
          ),
        between,
      ),
    }),
    handleSns: signedHandler({
      credentials,
      answer: (request, response) => answerSns(request, response, service.sns),
      refuse: (response, requestId, refusal) => sendSnsError(response, requestId, refusal),
    }),
    close,
  };
}
