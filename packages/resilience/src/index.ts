export { mostAttempts } from './attempts.ts';
export { close, countFailure, takeTurn } from './breaker/changes.ts';
export {
  type Breaker,
  type BreakerState,
  type Known,
  notItsFault,
  type Settings,
  settingsOf,
  stateOf,
  turnMs,
} from './breaker/rules.ts';
export { breakerTable, expirySeconds, readBreakers } from './breaker/table.ts';
export {
  cannotKeep,
  isKept,
  keyExpected,
  keyHeader,
  keyOfHeader,
  keyPattern,
  otherBody,
  requestId,
  retryAfterSeconds,
  stillRuns,
} from './idempotency/key.ts';
export {
  claimRequest,
  keepAnswer,
  keptSeconds,
  readRequest,
  releaseRequest,
  requestTable,
} from './idempotency/requests.ts';
export type { TableRequest } from './table-request.ts';
