import { payloadLimitBytes } from '@chorus/asl';

/** What bounds a batch, as `ItemBatcher` says. */
export interface BatchLimits {
  /** @default no bound */
  readonly mostItems?: number;
  /** Bytes of the batch's input as JSON, batch input included. @default what an execution takes */
  readonly mostBytes?: number;
  /** Added to every batch. */
  readonly input?: unknown;
}

/** The input of a child execution, as JSON. */
export interface ChildInput {
  readonly input: string;
  /** How many items it holds. */
  readonly items: number;
}

/** Puts items together, in their order: as many as fit both bounds, and one at least. */
export interface Batcher {
  /** Adds an item, as JSON, and returns the batch before it if that was full. */
  add(item: string): ChildInput | undefined;
  /** Returns the last batch, if there is one. */
  rest(): ChildInput | undefined;
}

export function createBatcher(limits: BatchLimits): Batcher {
  const { mostItems = Number.POSITIVE_INFINITY, mostBytes = payloadLimitBytes, input } = limits;
  const start = `{${input === undefined ? '' : `"BatchInput":${JSON.stringify(input)},`}"Items":[`;
  const empty = Buffer.byteLength(start) + 2;
  let texts: string[] = [];
  let bytes = empty;

  function take(): ChildInput | undefined {
    if (texts.length === 0) return undefined;
    const batch = { input: `${start}${texts.join(',')}]}`, items: texts.length };
    texts = [];
    bytes = empty;
    return batch;
  }

  return {
    add(item) {
      const own = Buffer.byteLength(item);
      const isFull = texts.length >= mostItems || bytes + own + 1 > mostBytes;
      const full = isFull ? take() : undefined;
      bytes += own + (texts.length > 0 ? 1 : 0);
      texts.push(item);
      return full;
    },
    rest: take,
  };
}

/** Has each item be a child's input by itself. */
export const oneByOne: Batcher = {
  add: (item) => ({ input: item, items: 1 }),
  rest: () => undefined,
};
