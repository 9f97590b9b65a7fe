import type { Datatype, TensorData } from '@chorus/protocol';

/** A tensor on its way between the processes, as the protocol writes it. */
export interface ProbeTensor {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

/** An order to the probing process: one `open` first, then any number of `run`. */
export type ProbeOrder =
  | { readonly kind: 'open'; readonly file: string; readonly optimize: boolean }
  | {
      readonly kind: 'run';
      readonly inputs: readonly ProbeTensor[];
      readonly outputs: readonly { readonly name: string; readonly datatype: Datatype }[];
    };

/** The reply to an order. */
export type ProbeReply =
  | { readonly kind: 'opened' }
  | {
      readonly kind: 'answered';
      readonly outputs: readonly ProbeTensor[];
      readonly milliseconds: number;
    }
  | { readonly kind: 'failed'; readonly reason: string };
