import type { Handler } from '../handler.ts';

/** Whether an event is one of a queue. */
const isOfQueue = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);

/**
 * Makes a model's handler one that answers the messages of its queue, too. What that takes, the SDK among it, is loaded with the
 * first such event: a model that is only asked directly starts without.
 */
export function answersMessages(model: string, answer: Handler): Handler {
  let handler: Promise<Handler> | undefined;
  return async (event, context) => {
    if (!isOfQueue(event)) return answer(event, context);
    handler ??= import('./question-handler.ts').then(({ createQuestionHandler }) =>
      createQuestionHandler(model, answer),
    );
    return (await handler)(event, context);
  };
}
