import { InvalidRequestError } from '@chorus/protocol';
import { parseRequest } from './parse.ts';
import type { RequestMessage } from './prediction.ts';

/** A question to models, as a part of a request of the Open Inference Protocol. */
export interface Question {
  /** The models that are asked it. */
  readonly models: readonly string[];
  readonly inputs: readonly unknown[];
  readonly outputs: readonly unknown[];
}

/** The message that asks models about a request, each by its own queue; the request is with it, so that it can be run as a whole. */
export interface QuestionsMessage extends RequestMessage {
  /** How many rows are asked about. */
  readonly rows: number;
  readonly questions: readonly Question[];
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @throws {InvalidRequestError} if it is no question */
function questionOf(value: unknown): Question {
  if (isObject(value)) {
    const { models, inputs, outputs } = value;
    const areNames = Array.isArray(models) && models.every((each) => typeof each === 'string');
    if (areNames && models.length > 0 && Array.isArray(inputs) && Array.isArray(outputs))
      return { models, inputs, outputs };
  }
  throw new InvalidRequestError('the message has a question without models, inputs or outputs');
}

/**
 * Reads the body of a message to the models of a workflow.
 *
 * @throws {InvalidRequestError} if it is none
 */
export function parseQuestions(body: string): QuestionsMessage {
  const request = parseRequest(body);
  const { rows, questions } = JSON.parse(body) as Fields;
  if (typeof rows !== 'number') throw new InvalidRequestError('the message does not say its rows');
  if (!Array.isArray(questions) || questions.length === 0)
    throw new InvalidRequestError('the message has no questions');
  return { ...request, rows, questions: questions.map(questionOf) };
}

/** Tells whether a message asks models about a request, and not for its workflow as a whole. */
export function hasQuestions(body: string): boolean {
  const message: unknown = JSON.parse(body);
  return isObject(message) && message['questions'] !== undefined;
}
