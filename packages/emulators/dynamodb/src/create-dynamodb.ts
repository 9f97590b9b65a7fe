import {
  type Credentials,
  type Handle,
  type Interceptor,
  sending,
  signedHandler,
} from '@chorus/emulator-aws';
import { answer } from './api.ts';
import { type DynamodbOptions, type DynamodbService, startService } from './service.ts';

export interface DynamodbEmulator {
  readonly service: DynamodbService;
  /** Answers a request to the DynamoDB API. */
  readonly handle: Handle;
  /** Ends what runs and closes the file. */
  close(): Promise<void>;
}

/**
 * Tables on disk, kept in one file of the folder, which is opened when the first request comes.
 *
 * @param options.credentials the keys that every request must be signed with
 * @param options.between stands between requests and their answers
 */
export function createDynamodb({
  credentials,
  between,
  ...options
}: DynamodbOptions & {
  readonly credentials: Credentials;
  readonly between?: Interceptor;
}): DynamodbEmulator {
  const { service, close } = startService(options);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: sending((request) => answer(service, request), between),
    }),
    close,
  };
}
