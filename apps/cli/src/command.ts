import type { Flags } from './arguments.ts';
import type { Io } from './io.ts';

/** One command: what help says about it, and what it does. */
export interface Command {
  /** `predict`, `models swap`. */
  readonly name: string;
  /** The operands after the name: `<name> <version>`. */
  readonly operands: string;
  readonly summary: string;
  /** More for its own help, one line each. */
  readonly details: readonly string[];
  readonly flags: Flags;
  /** It changes nothing, so that the console may run it again and again. @default it may change something */
  readonly reads?: true;
  /** Why it is of use in a terminal only, and the console does not run it. @default it is of use in both */
  readonly terminalOnly?: string;
  /** It is about the local cloud alone, so that the console of a stage does not offer it. @default it is about both, or neither */
  readonly localOnly?: true;
  /** Does it with the arguments after its name. @returns the exit code */
  run(argv: readonly string[], io: Io): Promise<number>;
}

/** Flags of every command that talks to a cloud. */
export const cloudFlags = {
  aws: {
    type: 'boolean',
    description: 'talk to AWS with the usual credentials instead of the local cloud',
  },
  stage: {
    type: 'string',
    value: 'name',
    description: 'with --aws, the stage to talk to. Default: production',
  },
  json: { type: 'boolean', description: 'print one JSON document instead of text' },
} as const;
