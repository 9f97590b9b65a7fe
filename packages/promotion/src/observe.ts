import { setTimeout } from 'node:timers/promises';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { InferRequest, ModelSchema, Tensor } from '@chorus/protocol';
import { compare, comparedSoFar, newComparison, unusable } from './compare-answers.ts';
import { PromotionError } from './errors.ts';
import type { Observed } from './gates.ts';
import { eventOf, unpackOutputs } from './packed-event.ts';
import { functionError } from './prove.ts';
import { newTally, note, summarise } from './statistics.ts';
import type { PromotionTarget } from './target.ts';

/** The versions to watch, and how. */
export interface Watch {
  /** Versions of the function. */
  readonly old: string;
  readonly new: string;
  /** The model's: its outputs say how answers are compared. */
  readonly schema: ModelSchema;
  readonly requests: Iterator<InferRequest, never>;
  /** Requests a second to each version, and as many to the alias. */
  readonly rate: number;
  readonly durationMs: number;
  /** With fewer requests to the new version it goes on, for at most `extensionMs` more. */
  readonly minimumRequests: number;
  readonly extensionMs: number;
  /** Whether the alias is asked too, to see that it divides requests as told. @default false */
  readonly alias?: boolean;
  readonly signal: AbortSignal;
  /** Called about every second; `true` ends the watch. */
  isEnough(observed: Watched): Promise<boolean>;
}

/** The answers of a watch; the alias's count for the version that gave them. */
export interface Watched extends Observed {
  /** How many answers of the alias each version gave. */
  readonly alias: { readonly old: number; readonly new: number };
  readonly elapsedMs: number;
}

/** One invocation's answer. */
interface Answer {
  readonly milliseconds: number;
  /** Which version answered; undefined when none did. */
  readonly executed: string | undefined;
  readonly failure: string | undefined;
  readonly outputs: readonly Tensor[];
}

/** So many requests may be under way at once; when the versions do not keep up, fewer are sent. */
const mostAtOnce = 8;
/** Lambda silent for this long is a lost connection and no version's fault, in milliseconds. */
const silenceMs = 10_000;
const checkMs = 1000;

/**
 * Asks two versions of a function the same questions at the same time, at a steady rate, through direct invocations, and
 * on demand their alias. These are requests of our own: what callers send is not logged, and so not seen here.
 *
 * @throws {PromotionError} when Lambda cannot be reached for ten seconds
 * @throws the signal's reason when it is raised
 */
export async function observe(target: PromotionTarget, watch: Watch): Promise<Watched> {
  const started = performance.now();
  const tallies = { old: newTally(), new: newTally() };
  const alias = { old: 0, new: 0 };
  const comparison = newComparison(watch.schema);
  const running = new Set<Promise<void>>();
  let answered = started;
  let lostBy: unknown;

  async function ask(qualifier: string, request: InferRequest): Promise<Answer | undefined> {
    try {
      const answer = await invoke(target, qualifier, request, watch);
      answered = performance.now();
      return answer;
    } catch (error) {
      lostBy = error;
      return undefined;
    }
  }

  /** Asks both; only what both were asked counts, so that an outage of Lambda is neither's. */
  async function askBoth(request: InferRequest): Promise<void> {
    const [older, newer] = await Promise.all([ask(watch.old, request), ask(watch.new, request)]);
    if (older === undefined || newer === undefined) return;
    const different =
      older.failure === undefined && newer.failure === undefined
        ? compare(comparison, older.outputs, newer.outputs)
        : undefined;
    note(tallies.old, older.milliseconds, older.failure);
    note(tallies.new, newer.milliseconds, newer.failure ?? different);
  }

  async function askAlias(request: InferRequest): Promise<void> {
    const answer = await ask(target.alias, request);
    const who = answer?.executed === watch.new ? 'new' : 'old';
    if (answer === undefined) return;
    alias[who] += 1;
    note(tallies[who], answer.milliseconds, answer.failure);
  }

  function start(work: Promise<void>): void {
    running.add(work);
    work.finally(() => running.delete(work));
  }

  const observed = (): Watched => ({
    old: summarise(tallies.old),
    new: summarise(tallies.new),
    ...comparedSoFar(comparison),
    alias: { ...alias },
    elapsedMs: Math.round(performance.now() - started),
  });

  /** A busy machine, a slow version or a low rate need longer to come to as many as are judged by. */
  const isOver = (): boolean => {
    const elapsed = performance.now() - started;
    const isFew = tallies.new.requests < watch.minimumRequests;
    return elapsed >= watch.durationMs + (isFew ? watch.extensionMs : 0);
  };

  let checked = started;
  for (let tick = 1; !isOver(); tick++) {
    watch.signal.throwIfAborted();
    if (running.size < mostAtOnce) {
      const request = watch.requests.next().value;
      start(askBoth(request));
      if (watch.alias === true) start(askAlias(request));
    }
    const now = performance.now();
    if (now - answered > silenceMs)
      throw new PromotionError(`Lambda has not answered for ${silenceMs / 1000} s`, {
        cause: lostBy,
      });
    if (now - checked >= checkMs) {
      checked = now;
      if (await watch.isEnough(observed())) break;
    }
    const due = started + (tick * 1000) / watch.rate;
    const pause = Math.max(0, due - performance.now());
    // The timer's own error does not say why the signal was raised.
    await setTimeout(pause, undefined, { signal: watch.signal }).catch(() =>
      watch.signal.throwIfAborted(),
    );
  }
  await Promise.all(running);
  watch.signal.throwIfAborted();
  return observed();
}

/** What an answer says its outputs are; undefined for what is no JSON. */
function outputsOf(text: string): unknown {
  try {
    return Object(JSON.parse(text)).outputs;
  } catch {
    return undefined;
  }
}

/**
 * One request to a version or alias. What the function or Lambda refuses is a failure of the version.
 *
 * @throws what the SDK throws when there was no answer at all
 */
async function invoke(
  { lambda, functionName }: PromotionTarget,
  qualifier: string,
  request: InferRequest,
  { schema, signal: abortSignal }: Watch,
): Promise<Answer> {
  const started = performance.now();
  const answered = (failure: string | undefined, rest: Partial<Answer> = {}): Answer => ({
    milliseconds: performance.now() - started,
    executed: undefined,
    outputs: [],
    ...rest,
    failure,
  });
  try {
    const command = new InvokeCommand({
      FunctionName: functionName,
      Qualifier: qualifier,
      Payload: Buffer.from(eventOf(request)),
    });
    const answer = await lambda.send(command, { abortSignal });
    const executed = answer.ExecutedVersion;
    const text = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError !== undefined) return answered(functionError(text), { executed });
    const sent = outputsOf(text);
    if (!Array.isArray(sent)) return answered('the answer has no outputs', { executed });
    // Each is looked at by `unusable`.
    const outputs = unpackOutputs(sent) as readonly Tensor[];
    return answered(unusable(schema, outputs), { executed, outputs });
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return answered(error.name);
  }
}

/** Tells whether AWS answered, with an error. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || !('$metadata' in error)) return false;
  const { httpStatusCode } = error.$metadata as { readonly httpStatusCode?: number };
  return httpStatusCode !== undefined;
}
