import { type ReceivedMessage, receive } from './messages.ts';
import { queueNamed } from './queue-table.ts';
import type { Store } from './store.ts';

/** When the next hidden message of a queue can be received, in epoch milliseconds; undefined if none is hidden. */
function nextVisible({ sqlite, clock }: Store, queue: string): number | undefined {
  const now = Math.floor(clock.now());
  const row = sqlite.get(
    'SELECT min(visible) AS next FROM messages WHERE queue = ? AND visible > ?',
    ...[queue, now],
  );
  return typeof row?.['next'] === 'number' ? row['next'] : undefined;
}

/**
 * Receives messages, and waits for the first one.
 *
 * @param waitMs how long at most
 * @throws the signal's reason
 * @throws {MessagingApiError} QueueDoesNotExist, also if it is deleted meanwhile
 */
export async function receiveWaiting(
  store: Store,
  name: string,
  {
    most,
    visibilitySeconds,
    waitMs,
  }: {
    readonly most: number;
    readonly visibilitySeconds?: number | undefined;
    readonly waitMs: number;
  },
  signal: AbortSignal,
): Promise<readonly ReceivedMessage[]> {
  const { clock } = store;
  const until = clock.now() + waitMs;
  for (;;) {
    const received = receive(store, queueNamed(store, name), most, visibilitySeconds);
    const left = until - clock.now();
    if (received.length > 0 || left <= 0) return received;
    const next = nextVisible(store, name);
    const ms = next === undefined ? left : Math.min(left, next - clock.now());
    const done = new AbortController();
    const either = AbortSignal.any([signal, done.signal]);
    await Promise.race([store.woken(name, either), clock.sleep(Math.max(ms, 1), either)]).finally(
      () => {
        done.abort();
      },
    );
  }
}
