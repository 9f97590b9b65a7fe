export {
  binOf,
  type Counts,
  merge,
  mergeCounts,
  noCounts,
  rowsOf,
  type WindowCounts,
} from './counts.ts';
export { CountsMismatchError, DriftError } from './errors.ts';
export { readWindowItem, type WindowItem, windowItem } from './window-item.ts';
