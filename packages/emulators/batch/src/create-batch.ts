import { type Credentials, type Handle, signedHandler } from '@chorus/emulator-aws';
import { answer } from './api.ts';
import { type BatchOptions, type BatchService, openService } from './service.ts';

export interface BatchEmulator {
  readonly service: BatchService;
  /** Answers a request to Batch. */
  readonly handle: Handle;
  /** Begins to run jobs, with those that an earlier process left. */
  resume(): void;
  /** Ends the processes of jobs that run; the next start runs these again. */
  close(): Promise<void>;
}

/**
 * AWS Batch, whose jobs are child processes of this machine.
 *
 * @throws {FileError} if the file of jobs cannot be used
 */
export function createBatch({
  credentials,
  ...options
}: BatchOptions & {
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
}): BatchEmulator {
  const { service, resume, close } = openService(options);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: (request, response) => answer(service, request, response),
    }),
    resume,
    close,
  };
}
