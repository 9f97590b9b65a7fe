/** A message that a queue hides while it is worked on. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<
    Record<
      string,
      {
        readonly DataType: string;
        readonly StringValue?: string;
        /** In base64. */
        readonly BinaryValue?: string;
      }
    >
  >;
  /** The MD5 of the attributes, if there are any. */
  readonly md5OfAttributes?: string | undefined;
  /** What SQS itself knows of it: `ApproximateReceiveCount`. */
  readonly system: Readonly<Record<string, string>>;
}

/** The queues that messages come from, by their names. */
export interface EventQueues {
  /**
   * Receives messages, and waits for the first one.
   *
   * @throws the signal's reason
   */
  receive(
    queue: string,
    wanted: { readonly most: number; readonly waitMs: number },
    signal: AbortSignal,
  ): Promise<readonly QueueMessage[]>;
  /** Sends a message. */
  send(queue: string, message: { readonly body: string }): unknown;
  /** Deletes messages. */
  remove(queue: string, receiptHandles: readonly string[]): void;
  /** Gives messages back after so many seconds. */
  giveBack(queue: string, receiptHandles: readonly string[], seconds: number): void;
}

/** A queue whose messages a function gets, as Lambda's event source mapping has it. */
export interface EventSource {
  /** Physical name. */
  readonly queue: string;
  /** Physical name. */
  readonly functionName: string;
  /** The alias that is invoked. */
  readonly qualifier: string;
  /** Most messages of one event. */
  readonly batchSize: number;
  /** How long messages are gathered for one event. */
  readonly windowSeconds: number;
  /** How long a message is hidden: while a throttled event may be tried again. */
  readonly visibilitySeconds: number;
  /** Most events at once. @default as many as the function has environments */
  readonly concurrency?: number | undefined;
}
