export {
  type DeadLetters,
  openDeadLetters,
  openRequests,
  type ReceivedLetter,
  type Requests,
} from './dead-letters.ts';
export { giveUp } from './give-up.ts';
export { parseLetter, parseRequest } from './parse.ts';
export type {
  DeadLetter,
  Done,
  Ending,
  Failed,
  Prediction,
  RequestMessage,
} from './prediction.ts';
export { openPredictions, type PredictionsTable } from './predictions-table.ts';
export { drop, type Handled, isStale, replay, type Stores } from './replay.ts';
