import type { Fields } from './log.ts';

/** Facts about the invocation that a handler serves. */
export interface InvocationContext {
  readonly requestId: string;
  /** Epoch milliseconds at which Lambda gives up on this invocation. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  /** Facts for this invocation's log line (`model_version`, `cold`); never a part of the payload. */
  readonly notes: Record<string, string | number | boolean>;
  /**
   * Set by a handler that counts: what this invocation counts as, for its log line. It is called when the answer is out, so that no
   * caller waits for it, and its line is written whatever the log's level.
   */
  count?: () => Fields;
}

/** Answers one event; what it throws becomes the invocation's error, `name` as the `errorType`. */
export type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;
