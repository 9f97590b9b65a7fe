import type { Port } from './ports.ts';

/** A state of the Amazon States Language. */
export type State = Readonly<Record<string, unknown>>;
export type States = Readonly<Record<string, State>>;

/** The transition of a state. */
export type To = { readonly Next: string } | { readonly End: true };

/** A port and where it stands in a step's outcome: `outputs.price`, `branches[0].outputs.price`. */
export interface Output {
  readonly port: Port;
  readonly at: string;
}

/** One of those who answer a question together, with what it gives when it answers. */
interface Voice {
  readonly name: string;
  readonly outputs: readonly Output[];
}

/** The outputs of a step that has answered. */
export interface Given {
  /** The outputs that are there for certain. */
  readonly outputs: readonly Output[];
  /** The voices, each of which may have answered; a step that is no gathering has one. */
  readonly voices: readonly Voice[];
}
