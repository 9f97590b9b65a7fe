import type { InvocationFault } from '@chorus/emulator-lambda';

/** The kinds of fault, in the order in which they are looked at for a request: what refuses it comes before what spoils it. */
export const faultKinds = ['throttle', 'fail', 'slow', 'kill', 'corrupt'] as const;
export type FaultKind = (typeof faultKinds)[number];

export const targetKinds = ['function', 'table', 'queue'] as const;

/** The function, table or queue that a fault is on, by its name in the blueprint. */
export interface FaultTarget {
  readonly kind: (typeof targetKinds)[number];
  readonly name: string;
}

/** A fault as it is asked for; times in milliseconds. */
export interface FaultOrder {
  readonly fault: FaultKind;
  readonly target: FaultTarget;
  /** Share of the requests: above 0, at most 1. */
  readonly share: number;
  readonly forMs: number;
  /** How much later: of `slow` only. */
  readonly byMs?: number;
  /** The same seed takes the same requests, counted from the start of the fault. */
  readonly seed: number;
}

/** A fault that runs or has ended. */
export interface FaultReport extends FaultOrder {
  /** ISO 8601. */
  readonly startedAt: string;
  /** When it ends, or has ended. */
  readonly endsAt: string;
  /** Absent while it runs. */
  readonly ended?: 'time' | 'stopped' | 'replaced';
  /** Requests it has looked at, and those among them that it has hit. */
  readonly seen: number;
  readonly hit: number;
}

/** What goes wrong with one request: slow, and one of the others. */
export type Strike = InvocationFault;

/** Returns how a target is written: `table:reviews`; a function by its name alone. */
export const targetText = ({ kind, name }: FaultTarget): string =>
  kind === 'function' ? name : `${kind}:${name}`;
