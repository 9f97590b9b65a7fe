import { type Credentials, type Handle, signedHandler } from '@chorus/emulator-aws';
import { answer } from './api.ts';
import { type LogsService, logsIn } from './service.ts';

export interface LogsEmulator {
  readonly service: LogsService;
  /** Answers a request to CloudWatch Logs. */
  readonly handle: Handle;
  /** There is nothing to end. */
  close(): Promise<void>;
}

/**
 * The logs of functions, as they are in a folder: each function is a log group `/aws/lambda/<function>`, each of its files a stream.
 */
export function createLogs({
  directory,
  credentials,
}: {
  /** The folder with `<function>.log`, `<function>.2.log`, …. */
  readonly directory: string;
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
}): LogsEmulator {
  const service = logsIn(directory);
  return {
    service,
    handle: signedHandler({
      credentials,
      answer: (request, response) => answer(service, request, response),
    }),
    async close() {},
  };
}
