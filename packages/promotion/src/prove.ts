export { PromotionError } from './errors.ts';

import type { Manifest } from '@chorus/registry/manifest';
import { problemOf } from './check-answer.ts';
import {
  AnswerCrashedError,
  AnswerFailedError,
  AnswerTimedOutError,
  BadAnswerError,
  NotReadyError,
} from './errors.ts';
import type { Example } from './example.ts';
import { eventOf } from './packed-event.ts';
import { type TrialRequest, trialRequest } from './trial-request.ts';

/** A function's answer: its JSON, or the JSON of its error. */
export interface FunctionAnswer {
  readonly text: string;
  readonly isError: boolean;
}

/** Invokes the version of the function that is to be proved, with an event as JSON. */
export type Ask = (event: string) => Promise<FunctionAnswer>;

/**
 * Has a version answer a real request, in an environment of its own and within its time and memory, which Lambda limits:
 * only such a version may be live. First it loads its weights, so that the time is its answer's alone.
 *
 * @param examples what to ask; without one that fits, rows are made from the manifest
 * @throws {NotReadyError} if it does not load its weights, or serves another version
 * @throws {AnswerTimedOutError} @throws {AnswerCrashedError} @throws {AnswerFailedError} @throws {BadAnswerError}
 */
export async function prove(
  ask: Ask,
  manifest: Manifest,
  examples: readonly Example[],
): Promise<void> {
  await load(ask, manifest);
  const trial = trialRequest(manifest, examples);
  const { text, isError } = await ask(eventOf(trial.request));
  if (isError) throw failureOf(functionError(text), trial);
  const problem = problemOf(manifest, trial, text);
  if (problem !== undefined) throw badAnswer(problem, trial);
}

/** Has a version load its weights. @throws {NotReadyError} */
export async function load(ask: Ask, { version }: Pick<Manifest, 'version'>): Promise<void> {
  const { text, isError } = await ask(JSON.stringify({ chorus: 'ready' }));
  if (isError) throw new NotReadyError(functionError(text));
  const served = readyVersion(text);
  if (served !== version) throw new NotReadyError(`${served ?? 'something else'} answered`);
}

/** `ModelLoadError: the weights are damaged`, from the JSON of a function's error. */
export function functionError(text: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(text);
    return `${errorType}: ${errorMessage}`;
  } catch {
    return text;
  }
}

function readyVersion(text: string): string | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const isReady = typeof answer === 'object' && answer !== null && 'model_version' in answer;
    return isReady ? String(answer.model_version) : undefined;
  } catch {
    return undefined;
  }
}

/** Lambda's own words for a function that took too long, and for one whose process ended. */
function failureOf(error: string, { origin }: TrialRequest): NotReadyError {
  if (/timed out/i.test(error))
    return new AnswerTimedOutError(
      `AnswerTimedOutError: asked ${origin}, it did not answer within the function's time (${error}). Look for a loop without end in its graph, or give the function more time`,
    );
  if (/^Runtime\.ExitError|exited with error/.test(error))
    return new AnswerCrashedError(
      `AnswerCrashedError: asked ${origin}, its process ended, as for want of memory (${error}). Give the function more memory, or push a graph that needs less`,
    );
  return new AnswerFailedError(
    `AnswerFailedError: asked ${origin}, it answered with an error (${error}). ${remedy}`,
  );
}

function badAnswer(problem: string, { origin }: TrialRequest): BadAnswerError {
  return new BadAnswerError(`BadAnswerError: asked ${origin}, ${problem}. ${remedy}`);
}

const remedy =
  'Ask its graph the same in ONNX Runtime, mend it, and push it as the next version; if the request is at fault, give the function an example in the blueprint';
