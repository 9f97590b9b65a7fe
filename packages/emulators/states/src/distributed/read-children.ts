import { type MapRunRequest, payloadLimitBytes, StatesError } from '@chorus/asl';
import type { MapRunRecord } from '../store/map-run-records.ts';
import type { CallService } from '../tasks/service-callers.ts';
import { type ChildInput, createBatcher, oneByOne } from './batches.ts';
import { openItems } from './read-items.ts';

/** @throws {StatesError} States.DataLimitExceeded for more than a state takes in */
function textOf(item: unknown, index: number): string {
  const text = JSON.stringify(item) ?? 'null';
  if (Buffer.byteLength(text) <= payloadLimitBytes) return text;
  throw new StatesError(
    'States.DataLimitExceeded',
    `Item ${index} of the Map is more than ${payloadLimitBytes} bytes.`,
  );
}

/**
 * Reads the items of a Map Run, and makes the inputs of its children of them, from where an earlier process got to.
 *
 * @param add keeps children together with how far the items have been read
 * @throws {StatesError} States.ItemReaderFailed, or what the `ItemSelector` fails with
 */
export async function readChildren(
  call: CallService | undefined,
  { items: source, batches, select }: Pick<MapRunRequest, 'items' | 'batches' | 'select'>,
  before: MapRunRecord['reading'],
  signal: AbortSignal,
  add: (children: readonly ChildInput[], reading: MapRunRecord['reading']) => void,
): Promise<void> {
  const { etag = before.etag, groups } = await openItems(call, source, before, signal);
  const batcher = batches ? createBatcher(batches) : oneByOne;
  const isListing = 'resource' in source && source.resource.endsWith(':listObjectsV2');
  /** Keys of the items that are in no child yet. */
  const keys: string[] = [];
  let index = before.items;
  let covered = before.items;
  let key = before.key;

  function cover({ items }: ChildInput): void {
    covered += items;
    key = keys.splice(0, items).at(-1) ?? key;
  }
  const reading = (isDone: boolean): MapRunRecord['reading'] => ({
    items: covered,
    isDone,
    ...(etag !== undefined && { etag }),
    ...(key !== undefined && { key }),
  });

  for await (const group of groups) {
    signal.throwIfAborted();
    const children: ChildInput[] = [];
    for (const item of group) {
      const selected = select(item, index);
      const text = textOf(selected instanceof Promise ? await selected : selected, index);
      if (isListing) keys.push(String(Object(item).Key));
      const full = batcher.add(text);
      if (full) {
        children.push(full);
        cover(full);
      }
      index += 1;
    }
    signal.throwIfAborted();
    if (children.length > 0) add(children, reading(false));
  }
  const rest = batcher.rest();
  if (rest) cover(rest);
  signal.throwIfAborted();
  add(rest ? [rest] : [], reading(true));
}
