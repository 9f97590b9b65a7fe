/** A request that is answered later, in each of its forms. */

/** The message that asks to run a workflow. */
export interface RequestMessage {
  readonly id: string;
  readonly workflow: string;
  /** How often the request was replayed from the dead letters before. */
  readonly replays: number;
  /** The workflow's input: the body of the request. */
  readonly input: unknown;
}

/** What the table says of a request. */
export type Prediction = Accepted | Done | Failed;

interface Known {
  readonly id: string;
  readonly workflow: string;
  readonly replays: number;
  /** ISO 8601. */
  readonly acceptedAt: string;
  /** The URL that is told of the end. @default nobody is told */
  readonly webhook?: string;
  /** Whether the URL has been told of this end. @default false */
  readonly isTold?: true;
}

/** It waits, or is being answered. */
interface Accepted extends Known {
  readonly status: 'accepted';
}

interface Ended extends Known {
  /** The status and the body that the workflow's own route would have answered with. */
  readonly statusCode: number;
  readonly body: unknown;
  /** How often it was tried. */
  readonly attempts: number;
  readonly endedAt: string;
}

export interface Done extends Ended {
  readonly status: 'done';
}

/** It failed for good. */
export interface Failed extends Ended {
  readonly status: 'failed';
  /** Whether the dead letter is in its queue for certain, or was dropped from there. */
  readonly letter: 'unsent' | 'sent' | 'dropped';
}

/** How a request ended: what the workflow's own route would have answered. */
export interface Ending {
  readonly statusCode: number;
  readonly body: unknown;
  readonly attempts: number;
}

/** What is kept of a request that failed for good, or of a webhook that could not be told of its end. */
export interface DeadLetter extends RequestMessage {
  /** It is of a webhook: its input is the event of the end, and a replay tells of that again. @default it is of a request */
  readonly webhook?: true;
  readonly statusCode: number;
  readonly error: string;
  /** By function: why it failed, as far as the workflow said. */
  readonly failed?: unknown;
  readonly attempts: number;
  /** ISO 8601. */
  readonly failedAt: string;
}
