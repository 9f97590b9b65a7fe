/** Facts about the invocation that a handler serves. */
export interface InvocationContext {
  readonly requestId: string;
  /** Epoch milliseconds at which Lambda gives up on this invocation. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  /** Facts for this invocation's log line (`model_version`, `cold`); never a part of the payload. */
  readonly notes: Record<string, string | number | boolean>;
}

/** Answers one event; what it throws becomes the invocation's error, `name` as the `errorType`. */
export type Handler = (event: unknown, context: InvocationContext) => Promise<unknown>;
