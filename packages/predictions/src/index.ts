export { type Announcements, type Ended, openAnnouncements } from './announcements.ts';
export { type Answers, type AnswersTable, openAnswers } from './answers.ts';
export {
  type DeadLetters,
  openDeadLetters,
  openRequests,
  openUnreadable,
  type ReceivedLetter,
  type Requests,
  type Unreadable,
} from './dead-letters.ts';
export { giveUp } from './give-up.ts';
export { handOver } from './hand-over.ts';
export { parseEnded, parseLetter, parseRequest } from './parse.ts';
export type {
  DeadLetter,
  Done,
  Ending,
  Failed,
  Prediction,
  RequestMessage,
} from './prediction.ts';
export { openPredictions, type PredictionsTable } from './predictions-table.ts';
export { hasQuestions, parseQuestions, type Question, type QuestionsMessage } from './questions.ts';
export { drop, type Handled, isStale, replay, type Stores } from './replay.ts';
