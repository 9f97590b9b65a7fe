import { SendMessageBatchCommand } from '@aws-sdk/client-sqs';
import { type RunningStores, startStores } from '@chorus/predictions/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createQueueHandler } from './queue-function.ts';
import { createTakingHandler } from './taking-handler.ts';

let stores: RunningStores;
beforeEach(async () => {
  stores = await startStores();
});
afterEach(() => stores.remove());

const queueUrl = () => stores.environment['PREDICTIONS_LOST_QUEUE'] ?? '';

async function send(bodies: readonly string[]): Promise<void> {
  for (let first = 0; first < bodies.length; first += 10)
    await stores.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl(),
        Entries: bodies
          .slice(first, first + 10)
          .map((body, index) => ({ Id: `${index}`, MessageBody: body })),
      }),
    );
}

/** Returns a handler that notes what it was given and fails for `bad`, and an invocation with so many milliseconds left. */
function taker() {
  const seen: string[] = [];
  const handler = createQueueHandler(async ({ body }) => {
    if (body === 'bad') throw new Error('no');
    seen.push(body);
  });
  const invoke = async (event: unknown, leftMs = 60_000) => {
    const notes = {};
    const context = { requestId: 'r', deadlineMs: leftMs, functionArn: 'arn', notes };
    const answer = await createTakingHandler(
      handler,
      stores.sqs,
      queueUrl(),
      () => 0,
    )(event, context);
    return { answer, notes };
  };
  return { seen, invoke };
}

const take = { chorus: 'take' };

it('takes all that is in the queue, and leaves what failed', async () => {
  const { seen, invoke } = taker();
  const bodies = Array.from({ length: 23 }, (_, index) => `${index}`);
  await send([...bodies, 'bad']);
  const { answer, notes } = await invoke(take);
  expect(answer).toEqual({ messages: 24, again: 1 });
  expect(notes).toMatchObject({ messages: 24, again: 1, errors: 'Error' });
  expect(seen.toSorted()).toEqual(bodies.toSorted());
  // What was handled is deleted; what failed is hidden for a while, and nothing else is there.
  expect(await invoke(take)).toMatchObject({ answer: { messages: 0, again: 0 } });
});

it('takes nothing when there is no time to handle it, and loses nothing', async () => {
  const { seen, invoke } = taker();
  await send(['1']);
  expect(await invoke(take, 9_000)).toMatchObject({ answer: { messages: 0 } });
  expect(seen).toEqual([]);
  expect(await stores.texts('lost')).toEqual(['1']);
});

it('fails when the queue cannot be asked, so that the failure is seen', async () => {
  stores.troubles.push('refuse');
  await expect(taker().invoke(take)).rejects.toThrow();
});

it('receives again what was handled and could not be deleted', async () => {
  const { seen, invoke } = taker();
  await send(['1']);
  stores.troubles.push('none', 'refuse');
  await expect(invoke(take)).rejects.toThrow();
  expect(seen).toEqual(['1']);
});

it.each([
  [{ chorus: 'ready' }, { ready: true }],
  [{ Records: [] }, { batchItemFailures: [] }],
])('gives %j to the handler itself', async (event, answer) => {
  expect(await taker().invoke(event)).toMatchObject({ answer });
});
