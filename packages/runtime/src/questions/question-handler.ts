import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  type Answers,
  handOver,
  openAnnouncements,
  openAnswers,
  openPredictions,
  openRequests,
  parseQuestions,
  type Question,
  type QuestionsMessage,
} from '@chorus/predictions';
import { openExecutions } from '@chorus/predictions/executions';
import { InvalidRequestError, statusOfErrorName, stringifyJson } from '@chorus/protocol';
import { mostAttempts } from '@chorus/resilience';
import { finishMachine, questionLocations } from '../env.ts';
import { ConfigurationError, NotAnsweredYetError } from '../errors.ts';
import type { Handler, InvocationContext } from '../handler.ts';
import { createBatchHandler, type Handled, type QueueMessage } from '../queue-function.ts';
import { answerTogether, type Said } from './answer-together.ts';

/** Left of the function's own time to write answers down, and to start what follows. */
const reserveMs = 2000;

/** Longest pause before another attempt, in seconds. */
const longestPause = 60;

/** @throws {ConfigurationError} naming the variable that is missing */
function needed(name: string, value: string | undefined): string {
  if (value === undefined)
    throw new ConfigurationError(
      `${name} is not set: the function answers the questions of a queue`,
    );
  return value;
}

/** Whether another attempt may end otherwise. */
function isTransient(error: string): boolean {
  const status = statusOfErrorName(error);
  return status === 429 || status >= 500;
}

/** A message and its question to this model. */
interface Asked {
  readonly message: QueueMessage;
  readonly request: QuestionsMessage;
  readonly question: Question;
}

/** Reads a message. @throws {InvalidRequestError} if it asks this model nothing */
function read(message: QueueMessage, model: string): Asked {
  const request = parseQuestions(message.body);
  const question = request.questions.find(({ models }) => models.includes(model));
  if (question === undefined) throw new InvalidRequestError(`the message does not ask ${model}`);
  return { message, request, question };
}

function attempt<T>(make: () => T): { readonly value?: T; readonly error?: unknown } {
  try {
    return { value: make() };
  } catch (error) {
    return { error };
  }
}

/**
 * Makes the handler of the questions that a model is asked by messages, for requests which are answered later. All of an event are
 * one run of the graph. Each answer is kept once, beside those of the other models; the one that completes them has the workflow's
 * answer made, and ends the request. A question that failed is asked again after 2, 4, 8 and 16 s, and then its failure is kept as
 * the answer, so that the workflow answers without it if it can. A message that comes again changes nothing.
 *
 * @param answer the model's handler of requests
 * @throws {ConfigurationError} naming the variable that is missing
 */
export function createQuestionHandler(
  model: string,
  answer: Handler,
  clock: () => number = Date.now,
): Handler {
  const locations = questionLocations(model);
  const table = needed('PREDICTIONS_TABLE', locations.table);
  const queue = needed('ASK_…_QUEUE', locations.queue);
  const queues = new SQSClient({});
  const items = new DynamoDBClient({});
  const answers = openAnswers(items, table);
  const predictions = openPredictions(items, table, clock);
  const lost = openRequests(queues, needed('PREDICTIONS_LOST_QUEUE', locations.lostQueue));
  const announcements = openAnnouncements(needed('PREDICTIONS_BUS', locations.bus));
  const execute = openExecutions(locations.hasOwnStatesEndpoint);

  /** Lets a message be received again after a pause. Where that fails it comes once the queue's own time is over. */
  async function postpone(message: QueueMessage, why: string, context: InvocationContext) {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: queue,
      ReceiptHandle: message.receiptHandle,
      VisibilityTimeout: Math.min(2 ** message.receives, longestPause),
    });
    await queues.send(command).catch((error: Error) => {
      context.notes['notPostponed'] = error.name;
    });
    return new NotAnsweredYetError(why);
  }

  /** Ends the request if each of its models has answered. */
  async function finish({ message, request }: Asked, kept: Answers, context: InvocationContext) {
    const models = request.questions.flatMap((each) => each.models);
    if (!models.every((each) => kept[each] !== undefined)) return;
    const stateMachineArn = finishMachine(request.workflow);
    if (stateMachineArn === undefined)
      throw new ConfigurationError('there is no state machine that makes the workflow’s answer');
    // The answers are JSON already: their numbers stay as they were written.
    const all = models.map((each) => `${JSON.stringify(each)}:${kept[each]}`).join(',');
    const input = `{"rows":${request.rows},"answers":{${all}}}`;
    const leftMs = Math.max(0, context.deadlineMs - clock());
    const wanted = { stateMachineArn, name: request.id, input };
    const { hasAnswered, ...said } = await execute(wanted, AbortSignal.timeout(leftMs));
    if (!hasAnswered)
      throw await postpone(message, `the end of it answered ${said.statusCode}`, context);
    const ending = { ...said, attempts: message.receives };
    if (said.statusCode < 400) {
      const ended = await predictions.end(request, 'done', ending);
      if (ended?.status === 'done') await announcements.tell(ended);
    } else await handOver(request, await predictions.end(request, 'failed', ending), lost);
  }

  /** Goes on with the answers that are kept; without them the request has ended, perhaps without its letter, or without being told of. */
  async function goOn(asked: Asked, kept: Answers | undefined, context: InvocationContext) {
    if (kept !== undefined) return finish(asked, kept, context);
    const { request } = asked;
    const known = await predictions.read(request.id);
    if (known?.status === 'done' && known.replays === request.replays)
      return announcements.tell(known);
    return handOver(request, known, lost);
  }

  /** Keeps what the model said. */
  async function conclude(asked: Asked, said: Said, context: InvocationContext) {
    const { message, request } = asked;
    if ('error' in said && isTransient(said.error) && message.receives < mostAttempts)
      throw await postpone(message, said.error, context);
    const keep = (value: object) => answers.keep(request, model, stringifyJson(value));
    const kept =
      'error' in said
        ? await keep(said)
        : await keep({ payload: said.response, attempts: message.receives }).catch(
            (error: unknown) => {
              if (!(error instanceof Error) || error.name !== 'ValidationException') throw error;
              return keep({
                error: 'PayloadTooLargeError',
                message: 'the answer is larger than what can be kept of a request',
              });
            },
          );
    await goOn(asked, kept, context);
  }

  /** Asks the model, so that there is time left to write down what it says. */
  async function ask(
    some: readonly Asked[],
    context: InvocationContext,
  ): Promise<Map<Asked, Said>> {
    const questions = some.map(({ question: { inputs, outputs } }) => ({ inputs, outputs }));
    const deadlineMs = context.deadlineMs - reserveMs;
    const said = await answerTogether(answer, questions, context, deadlineMs);
    return new Map(some.flatMap((each, index) => (said[index] ? [[each, said[index]]] : [])));
  }

  /** One that was received before is asked by itself: it may be what ended the function. */
  async function handleAgain(asked: Asked, context: InvocationContext): Promise<void> {
    const kept = await answers.read(asked.request);
    if (kept === undefined || kept[model] !== undefined) return goOn(asked, kept, context);
    for (const said of (await ask([asked], context)).values()) await conclude(asked, said, context);
  }

  return createBatchHandler(async (messages, context): Promise<Handled> => {
    const parsed = messages.map((message) => attempt(() => read(message, model)));
    const fresh = parsed.flatMap(({ value }) => (value?.message.receives === 1 ? [value] : []));
    const said = ask(fresh, context);
    const concluded = new Map(
      fresh.map((each) => [
        each,
        said.then((all) => {
          const own = all.get(each);
          return own && conclude(each, own, context);
        }),
      ]),
    );
    let turn: Promise<unknown> = Promise.allSettled(concluded.values());
    return Promise.allSettled(
      parsed.map(({ value, error }) => {
        if (value === undefined) return Promise.reject(error);
        const own = concluded.get(value) ?? turn.then(() => handleAgain(value, context));
        turn = Promise.allSettled([turn, own]);
        return own;
      }),
    );
  });
}
