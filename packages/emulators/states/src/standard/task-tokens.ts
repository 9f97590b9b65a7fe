import { createHash, randomBytes } from 'node:crypto';
import { type Place, StatesError } from '@chorus/asl';
import { StatesApiError } from '../errors.ts';
import type { Store } from '../store/open-store.ts';
import type { ExecutionRecord, TaskOutcome, TokenRecord } from '../store/records.ts';

const check = (body: string): string =>
  createHash('sha256').update(body).digest('base64url').slice(0, 8);

function makeToken(): string {
  const body = randomBytes(96).toString('base64url');
  return `${body}${check(body)}`;
}

/** Someone who waits for a token, in this process. */
interface Waiter {
  settle(outcome: TaskOutcome): void;
  beat(): void;
}

export interface TaskTokens {
  /** Makes the token of a task in the graph of a path. */
  make(execution: number, path: string): string;
  /**
   * Returns what is sent with a token.
   *
   * @param beat called with every heartbeat
   * @throws {StatesError} what was sent as the task's failure
   */
  wait(token: string, signal: AbortSignal, beat: () => void): Promise<unknown>;
  /**
   * Ends the task of a token. What is sent outlives a restart.
   *
   * @throws {StatesApiError} InvalidToken, TaskDoesNotExist, TaskTimedOut
   */
  send(token: string, outcome: TaskOutcome): Promise<void>;
  /** @throws {StatesApiError} InvalidToken, TaskDoesNotExist, TaskTimedOut */
  beat(token: string): void;
}

function resultOf(outcome: TaskOutcome): unknown {
  if ('output' in outcome) return outcome.output;
  throw new StatesError(outcome.error, outcome.cause);
}

/** Tells whether the state of a place waits for a token still. */
function waitsFor(place: Place | undefined, token: string): boolean {
  const { task, outcome } = place?.kept ?? {};
  return outcome === undefined && Object(task).token === token;
}

/** @param placeOf returns a place of an execution that runs */
export function createTaskTokens(
  store: Store,
  placeOf: (execution: ExecutionRecord, path: string) => Place | undefined,
): TaskTokens {
  const waiting = new Map<string, Waiter>();

  function openToken(token: string): TokenRecord {
    const body = token.slice(0, -8);
    if (check(body) !== token.slice(-8))
      throw new StatesApiError('InvalidToken', "Invalid Token: 'Invalid token'");
    const record = store.token(token);
    if (record === undefined)
      throw new StatesApiError(
        'TaskDoesNotExist',
        "Task Does Not Exist: 'Provided task does not exist'",
      );
    const execution = store.byId(record.execution);
    const place = execution?.status === 'RUNNING' ? placeOf(execution, record.path) : undefined;
    if (record.outcome !== undefined || !waitsFor(place, token))
      throw new StatesApiError(
        'TaskTimedOut',
        "Task Timed Out: 'Provided task does not exist anymore'",
      );
    return record;
  }

  return {
    make(execution, path) {
      const token = makeToken();
      store.addToken(token, execution, path);
      return token;
    },
    async wait(token, signal, beat) {
      const sent = store.token(token)?.outcome;
      if (sent !== undefined) return resultOf(sent);
      const outcome = await new Promise<TaskOutcome>((settle, reject) => {
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        waiting.set(token, { settle, beat });
      }).finally(() => waiting.delete(token));
      return resultOf(outcome);
    },
    async send(token, outcome) {
      openToken(token);
      store.setOutcome(token, outcome);
      await store.settled();
      waiting.get(token)?.settle(outcome);
    },
    beat(token) {
      openToken(token);
      waiting.get(token)?.beat();
    },
  };
}
