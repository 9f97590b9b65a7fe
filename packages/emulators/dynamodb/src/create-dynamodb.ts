import { type Credentials, type Handle, signedHandler } from '@chorus/emulator-aws';
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
 */
export function createDynamodb({
  credentials,
  ...options
}: DynamodbOptions & { readonly credentials: Credentials }): DynamodbEmulator {
  const { service, close } = startService(options);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: (request, response) => answer(service, request, response),
    }),
    close,
  };
}
