import { statusOfErrorName } from '@chorus/protocol';
import { addCount } from '../counting/add-count.ts';
import { describeError } from '../describe-error.ts';
import type { Handler, InvocationContext } from '../handler.ts';
import { asRecord } from '../proxy-event.ts';
import { joinQuestions, type Tensors } from './join-questions.ts';

/** What a model made of a question: its response, or the error of its function. */
export type Said = { readonly response: Readonly<Record<string, unknown>> } | Failure;

interface Failure {
  readonly error: string;
  readonly message: string;
}

/** Whether the question itself may be what is wrong: then those beside it may still be answered. */
function isOfQuestion(said: Said): boolean {
  if (!('error' in said)) return false;
  const status = statusOfErrorName(said.error);
  return (status < 500 && status !== 429) || said.error === 'InternalError';
}

async function ask(answer: Handler, question: Tensors, context: InvocationContext): Promise<Said> {
  try {
    return { response: asRecord(await answer(question, context)) };
  } catch (thrown) {
    const { errorType: error, errorMessage: message } = describeError(thrown);
    return { error, message };
  }
}

/**
 * Asks a model several questions with one run of its graph: their tensors are joined along the rows, and the answer's are taken
 * apart. Questions that differ in more than their rows are asked apart, and when a question is wrong, or all are too many rows, the
 * halves are asked by themselves, and so on.
 *
 * @param answer the model's handler
 * @param deadlineMs epoch milliseconds, until which it has to be done
 * @returns what was said of each, in their order
 */
export async function answerTogether(
  answer: Handler,
  questions: readonly Tensors[],
  context: InvocationContext,
  deadlineMs: number = context.deadlineMs,
): Promise<readonly Said[]> {
  const [first, ...others] = questions;
  if (first === undefined) return [];
  const halves = async (): Promise<readonly Said[]> => {
    const middle = Math.ceil(questions.length / 2);
    const before = await answerTogether(answer, questions.slice(0, middle), context, deadlineMs);
    const after = await answerTogether(answer, questions.slice(middle), context, deadlineMs);
    return [...before, ...after];
  };
  const joined = others.length === 0 ? undefined : joinQuestions(questions);
  if (others.length > 0 && joined === undefined) return halves();
  // What is asked again by halves is not to be counted twice.
  const { requestId, functionArn, notes } = context;
  const own: InvocationContext = { requestId, functionArn, notes, deadlineMs };
  const said = await ask(answer, joined?.question ?? first, own);
  const divided = joined === undefined || 'error' in said ? [said] : joined.divide(said.response);
  const isHalved = divided === undefined || (joined !== undefined && isOfQuestion(said));
  if (isHalved) return halves();
  if (own.count !== undefined) addCount(context, own.count);
  return 'error' in said ? questions.map(() => said) : divided;
}
