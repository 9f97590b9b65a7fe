/** What a machine with a timeline notes of each function that it asks, as JSONata. */

import { jsonata } from '../jsonata.ts';
import type { State } from '../outcome.ts';
import type { Place } from '../step.ts';
import type { FunctionSpec } from '../types.ts';

/**
 * The beginning of the names under which the account of the models keeps times too: every step hands that on, so no step but the
 * one that asks has to know of them.
 */
const timeMark = 'trace:';

const received = '$toMillis($states.context.Execution.StartTime)';

/** JSONata of the milliseconds since the execution began, for both ends of a state. */
const ends = `"startMs": $toMillis($states.context.State.EnteredTime) - ${received},
    "endMs": $millis() - ${received},
    "attempts": $states.context.State.RetryCount + 1`;

const answered = '$states.result.Payload';

/** Times of one function that is asked, as parts of its states. */
export interface Timing {
  /** The name under which the account keeps them. */
  readonly key: string;
  /** JSONata of them, where it has answered. */
  readonly answered: string;
  /** The variable that has them where it has failed. */
  readonly variable: string;
  /** What the catchers of a failure assign. */
  readonly failed: State;
  readonly unexpected: State;
}

/**
 * Returns what a machine with a timeline notes of a function; undefined in every other one.
 *
 * @param state the state that asks
 */
export function timingOf(
  { timed = false, nameVariable, scope }: Place,
  { name, kind }: FunctionSpec,
  state: string,
): Timing | undefined {
  if (!timed) return undefined;
  const variable = nameVariable('times', scope);
  const own = `"function": "${name}", ${ends}`;
  const served =
    kind === 'model'
      ? `,
    "version": ${answered}.model_version,
    "durationMs": ${answered}.parameters.chorus_duration_ms,
    "coldStart": ${answered}.parameters.chorus_cold_start`
      : '';
  const failedBy = (error: string) => ({
    [variable]: jsonata(`{ ${own}, "error": ${error} }`),
  });
  return {
    key: `${timeMark}${state}`,
    answered: `{ ${own}${served} }`,
    variable,
    failed: failedBy('$states.errorOutput.Error'),
    unexpected: failedBy('"UnexpectedAnswerError"'),
  };
}

/** Adds times to JSONata of the models' account. */
export function withTimes(models: string, key: string, times: string): string {
  return `$merge([${models}, { "${key}": ${times} }])`;
}

const isModel = `function($each, $name) { $substring($name, 0, ${timeMark.length}) != "${timeMark}" }`;
const isTime = `function($each, $name) { $substring($name, 0, ${timeMark.length}) = "${timeMark}" }`;

/** JSONata of the account of the models, without the times. */
export const modelsOfInput: string = `$merge([$sift($states.input.models, ${isModel})])`;

/** JSONata of the timeline: when the execution began, how long it has taken, and each question in the order of its beginning. */
export const timelineOfInput: string = `{
  "startedAt": $states.context.Execution.StartTime,
  "durationMs": $millis() - ${received},
  "steps": [$each($sift($states.input.models, ${isTime}), function($each) { $each })^(startMs, endMs)]
}`;
