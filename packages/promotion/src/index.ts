/** Which version of a model its function serves, and how that changes. */

export { LiveChangedError, NotReadyError, PromotionError } from './errors.ts';
export type { Example } from './example.ts';
export { exampleEvent } from './example-event.ts';
export { type Breach, defaultGates, type Gates } from './gates.ts';
export { type HistoryEntry, readHistory } from './history.ts';
export { isAlive } from './is-alive.ts';
export {
  describeLock,
  type LockOptions,
  type LockRecord,
  listLocked,
  readLock,
  withLock,
} from './lock.ts';
export { defaultPlan, type PromotionPlan } from './plan.ts';
export { type PromoteOptions, promote } from './promote.ts';
export type {
  MetricPair,
  PhaseReport,
  PromotionOutcome,
  PromotionReport,
} from './promotion-report.ts';
export { type Rollback, rollBack } from './roll-back.ts';
export { readServing, type Serving } from './serving.ts';
export { type Swap, swap } from './swap.ts';
export type { PromotionTarget, ServedVersion } from './target.ts';
