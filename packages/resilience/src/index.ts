export {
  type Breaker,
  type BreakerState,
  type Known,
  notItsFault,
  type Settings,
  settingsOf,
  stateOf,
  turnMs,
} from './breaker.ts';
export { close, countFailure, takeTurn } from './changes.ts';
export { breakerTable, expirySeconds, readBreakers, type TableRequest } from './table.ts';
