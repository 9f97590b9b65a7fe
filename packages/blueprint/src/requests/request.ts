import type { InferRequest } from '@chorus/protocol';

/** What a member of a request's body may be, as JSON Schema says it; what stands in it the state machine judges. */
export interface MemberOutline {
  readonly types: readonly ('array' | 'object' | 'string' | 'null')[];
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What the gateway lends a request on its way into a state machine. */
export interface InputMeans {
  /** Puts bytes into the uploads bucket, for what no state machine's input can hold. @returns their key */
  putAway(bytes: Uint8Array): Promise<string>;
  /** What is left until the caller's deadline, in whole microseconds, at least one. */
  timeout(): number;
}

/** An option of `chorus predict` that only some requests have a use for. */
type TerminalOption = 'set' | 'at';

/** What a terminal offers a request to be made of. */
export interface Terminal {
  /** The JSON that was given as an argument, in a file or on stdin, with the values of `--set`; else the example. */
  json(): Promise<unknown>;
  /** A file as `{"image": base64}`, or as the `{"key"}` of its upload when it is larger; else the example. */
  photo(maxInlineBytes: number): Promise<Readonly<Record<string, unknown>>>;
  /** The place that `--at` names. */
  place(): Readonly<Record<string, unknown>> | undefined;
}

/** How a workflow can be tried: what a line to paste is made of. */
interface Trial {
  /** Of the HTTP API. */
  readonly url: string;
  readonly workflow: string;
  /** A body to send. */
  readonly example: Readonly<Record<string, unknown>>;
}

/**
 * One kind of request: everything that differs between what workflows are asked about. The gateway, the API, the command
 * line and the start of a local cloud ask it, so that another kind is another file beside this one.
 */
export interface WorkflowRequest {
  /** For people: `rows`, `a photo`. */
  readonly noun: string;
  /** The members of a body of `POST /predict/<workflow>`. */
  readonly members: Readonly<Record<string, MemberOutline>>;
  /**
   * The state machine's input, as JSON, for an Open Inference request that was checked against the workflow's schema.
   *
   * @throws {ProtocolError} if the request does not make one
   */
  inputOf(request: InferRequest, means: InputMeans): Promise<string>;
  /** Options of the command line that it has a use for; others are refused. */
  readonly options: readonly TerminalOption[];
  /** The body that a command line asks for. */
  bodyOf(terminal: Terminal): Promise<unknown>;
  /** What to paste into a terminal. */
  invitation(trial: Trial): string;
}
