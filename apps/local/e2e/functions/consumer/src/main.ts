import { appendFileSync } from 'node:fs';
import { runBootstrap } from '@chorus/runtime/bootstrap';

/** What a message tells the function to do. */
interface Order {
  readonly do: 'write' | 'fail' | 'exit';
  /** Where the message's id goes. */
  readonly file: string;
}

interface SqsEvent {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** A function that consumes a queue, to see what the local cloud makes of it. */
await runBootstrap(() => async (event: unknown): Promise<unknown> => {
  const failed: string[] = [];
  for (const { messageId, body } of (event as SqsEvent).Records) {
    const order: Order = JSON.parse(body);
    appendFileSync(order.file, `${order.do}\n`);
    if (order.do === 'exit') process.exit(7);
    if (order.do === 'fail') failed.push(messageId);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
});
