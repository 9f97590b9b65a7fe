import { payloadLimitBytes, StatesError } from '@chorus/asl';

/** Returns the error of a Map whose items cannot be read. */
export const unreadableItems = (why: string, cause?: unknown): StatesError =>
  new StatesError('States.ItemReaderFailed', why, { cause });

/** Most characters of one item; a longer one is never held in memory. */
export const longestItem: number = payloadLimitBytes;

/** Returns the error of an item that is longer than a state may take in. */
export const itemTooLong = (index: number): StatesError =>
  unreadableItems(`Item ${index} is longer than ${longestItem} characters.`);
