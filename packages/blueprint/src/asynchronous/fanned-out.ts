import type { Answer } from '../answers/answer.ts';
import { jsonata } from '../jsonata.ts';
import { lastStates } from '../last-states.ts';
import { timeoutSeconds } from '../limits.ts';
import type { State } from '../outcome.ts';
import type { Request } from '../requests/request.ts';
import { type FanOut, type Place, type PlainAsk, stateNames } from '../step.ts';
import type { FannedOut } from '../types.ts';

/** What is told of a workflow besides its steps. */
interface Described {
  readonly name: string;
  readonly request: Request;
  readonly answer: Answer;
}

/** Where the questions are made: the request is known, and nothing has been asked. */
function placeOf({ request }: Pick<Described, 'request'>): Place {
  const { readables, tensorOf, rows } = request.reading;
  const nameState = stateNames();
  for (const name of ['Answer', 'Refuse']) nameState(name);
  return {
    readables,
    tensorOf,
    rows,
    follows: false,
    isLate: false,
    answered: { Next: 'Answer' },
    failed: { Next: 'Refuse' },
    nameState,
    nameVariable: (wish) => wish,
    readBreakers: () => '',
    scope: '/',
  };
}

/** Puts models that are asked the same together, so that a message has each question once. */
function questionsOf(asks: readonly PlainAsk[], place: Place): FannedOut['questions'] {
  const asked = asks.map(({ model, tensors }) => ({ model, tensors: tensors(place) }));
  const alike = Map.groupBy(asked, ({ tensors }) => JSON.stringify(tensors));
  return [...alike.values()].map((some) => ({
    models: some.map(({ model }) => model),
    ...some[0]?.tensors,
  }));
}

/** The state machine that makes the workflow's answer of what became of the questions. */
function finish(description: Described, { asks, gathered }: FanOut, place: Place): State {
  const { states, start, given } = gathered(
    place,
    asks.map(({ model, outcome }) =>
      outcome(`$lookup($states.input.answers, ${JSON.stringify(model)})`, '$states.input.rows'),
    ),
  );
  const { request, name } = description;
  return {
    Comment: `Makes the answer of ${name} once each of its models was asked by a message.`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: timeoutSeconds,
    StartAt: start,
    States: {
      ...states,
      ...lastStates(states, { request, answer: description.answer(given), timed: false }),
    },
  };
}

/** Returns how a workflow's models are asked by messages. @throws {BlueprintError} naming both sides when something does not fit */
export function fannedOut(description: Described, fanOut: FanOut): FannedOut {
  const place = placeOf(description);
  return {
    questions: questionsOf(fanOut.asks, place),
    rows: jsonata(description.request.reading.rows),
    finish: finish(description, fanOut, place),
  };
}
