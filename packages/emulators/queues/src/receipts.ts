import type { Row } from '@chorus/emulator-files';
import { MessagingApiError } from './errors.ts';
import { isFifo, type Queue } from './queue-table.ts';
import type { Store } from './store.ts';

/** Returns the row that a receipt handle stands for, if it is still the handle of the message's last receipt. */
function rowOf({ sqlite }: Store, { name }: Queue, handle: string): Row | undefined {
  const [, id, receipt = ''] =
    /^(\d{1,15})\/([0-9a-f-]{36})$/.exec(Buffer.from(handle, 'base64').toString()) ?? [];
  if (id === undefined)
    throw new MessagingApiError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle.slice(0, 100)}" is not a valid receipt handle.`,
    );
  return sqlite.get(
    'SELECT id, visible FROM messages WHERE id = ? AND queue = ? AND receipt = ?',
    ...[Number(id), name, receipt],
  );
}

/**
 * Deletes a message. One that was received again since, or is gone, is left as it is, as on AWS; one whose time is up is deleted.
 *
 * @throws {MessagingApiError} if there was never such a handle
 */
export function remove(store: Store, queue: Queue, handle: string): void {
  const row = rowOf(store, queue, handle);
  if (row === undefined) return;
  store.sqlite.run('DELETE FROM messages WHERE id = ?', Number(row['id']));
  // The next of its group can be received.
  if (isFifo(queue)) store.wake(queue.name);
}

/** @throws {MessagingApiError} if the handle of a FIFO queue's message has expired: such a message is not deleted */
export function checkNotExpired(store: Store, queue: Queue, handle: string): void {
  if (!isFifo(queue)) return;
  const row = rowOf(store, queue, handle);
  if (row !== undefined && Number(row['visible']) <= store.clock.now())
    throw new MessagingApiError(
      'InvalidParameterValue',
      `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    );
}

/**
 * Changes how long a message is hidden, from now on; 0 gives it back.
 *
 * @returns false if it is not hidden any more
 */
export function hide(store: Store, queue: Queue, handle: string, seconds: number): boolean {
  const now = Math.floor(store.clock.now());
  const row = rowOf(store, queue, handle);
  if (row === undefined || Number(row['visible']) <= now) return false;
  const sql = 'UPDATE messages SET visible = ? WHERE id = ?';
  store.sqlite.run(sql, now + seconds * 1000, Number(row['id']));
  // Also for a longer time: who waits has to look when it will be.
  store.wake(queue.name);
  return true;
}
