import { InvalidRequestError } from '@chorus/protocol';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { answersMessages } from '@chorus/runtime/questions';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import { chanceOf } from '../../shaky/src/chance.ts';
import { isFirst, isMended, seed } from '../../shaky/src/env.ts';
import { mayBeKilled } from '../../shaky/src/may-be-killed.ts';
import { modelName } from './env.ts';

interface Question {
  readonly inputs: readonly [{ readonly data: readonly string[] }];
}

/** Fails as a text says, or by chance: one in twenty at every model, and one in twenty at this one only. */
function obey(text: string): void {
  const [order, which] = text.split(' ');
  if (order === 'once' && isFirst(`${modelName()}-${text.replaceAll(' ', '-')}`))
    throw new RangeError('told to fail once');
  if (order === 'never' && !isMended() && (which === 'all' || which === modelName()))
    throw new RangeError('told to fail');
  if (order === 'bad') throw new InvalidRequestError('told to refuse');
  if (order !== 'chance' || isMended()) return;
  const of = seed() ?? '';
  if (chanceOf(of, text, 'fails') < 0.05) {
    if (chanceOf(of, text, 'refused') < 0.5) throw new InvalidRequestError('told to refuse');
    throw new RangeError('told to fail');
  }
  if (chanceOf(of, text, modelName()) < 0.05) throw new RangeError('told to fail alone');
}

/** Whether a text says that this model never answers it. */
const hangs = (text: string): boolean => text === `hang ${modelName()}`;

/** A model that answers how long texts are, of all of a question at once. Its durationMs is how many it was asked together. */
const answer = async (event: unknown) => {
  if (isReadyEvent(event)) return { ready: true };
  const [{ data: texts }] = (event as Question).inputs;
  for (const text of texts) obey(text);
  if (texts.some(hangs)) return new Promise(() => setInterval(() => {}, 1000));
  return {
    model_name: modelName(),
    model_version: 'v1',
    parameters: { chorus_cold_start: false, chorus_duration_ms: texts.length },
    outputs: [
      {
        name: 'length',
        datatype: 'INT64',
        shape: [texts.length],
        data: texts.map((text) => text.length),
      },
    ],
  };
};

await runBootstrap(() => {
  const handler = answersMessages(modelName(), answer);
  const shaky = mayBeKilled(handler);
  return (event, context) =>
    typeof event === 'object' && event !== null && 'Records' in event
      ? shaky(event, context)
      : handler(event, context);
});
