import type { InferRequest, TensorSpec } from '@chorus/protocol';
import type { State } from '../outcome.ts';
import type { Need, Readable } from '../ports.ts';

/** The constraints of a member of a request's body, in JSON Schema; the state machine judges its content. */
export interface MemberOutline {
  readonly types: readonly ('array' | 'object' | 'string' | 'null')[];
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Functions of the gateway that a request may use on its way into a state machine. */
export interface InputMeans {
  /** The id of the HTTP request, which no other request has. */
  readonly requestId: string;
  /** Puts bytes into the uploads bucket, for what no state machine's input can hold. @returns their key */
  putAway(bytes: Uint8Array): Promise<string>;
  /** The time left until the caller's deadline, in whole microseconds, at least one. */
  timeout(): number;
}

/** An option of `chorus predict` that only some requests have a use for. */
type TerminalOption = 'set' | 'at';

/** Functions of a terminal that a request may use to make its body. */
export interface Terminal {
  /** The JSON that was given as an argument, in a file or on stdin, with the values of `--set`; else the example. */
  json(): Promise<unknown>;
  /** A file as `{"image": base64}`, or as the `{"key"}` of its upload when it is larger; else the example. */
  photo(maxInlineBytes: number): Promise<Readonly<Record<string, unknown>>>;
  /** The text of an argument or a file, as `{"text"}`; else the example. */
  text(): Promise<Readonly<Record<string, unknown>>>;
  /** The place that `--at` names. */
  place(): Readonly<Record<string, unknown>> | undefined;
}

/** How a workflow can be tried: what a line to paste is made of. */
interface Trial {
  /** The HTTP API's address. */
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
  /** A command to paste into a terminal. */
  invitation(trial: Trial): string;
}

/** How a body becomes the machine's input. */
interface Reading {
  /** Variables made of the body before it is judged, as templates. */
  readonly read: State;
  /** JSONata that is true for a good request: the quick yes. */
  readonly accepts: string;
  /** Variables of a request that was accepted, as templates. */
  readonly assign: State;
  /** Output of a request that was not: `{statusCode, body}` with what is wrong: the explained no. */
  readonly rejects: unknown;
  /** The values that steps may read. */
  readonly readables: readonly Readable[];
  /**
   * Makes a tensor of parts of the request, where no readable has a need's name or the need names columns.
   *
   * @throws {BlueprintError} naming both sides when it cannot
   */
  readonly tensorOf?: (need: Need, who: string) => Readable;
  /** JSONata of how many rows were asked about. */
  readonly rows: string;
}

/** How the rows of a CSV make requests. */
export interface Csv {
  /** The columns that a file must have; others are left out. */
  readonly columns: readonly string[];
  /** JSONata of a request body as text, for rows of texts in `$rows`. */
  readonly body: string;
}

/** A JSON Schema of draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A kind of request as a workflow is made of it: one file beside this one, with one constructor. */
export interface Request extends WorkflowRequest {
  /** Schema of a body. */
  readonly bodySchema: JsonSchema;
  /** The same request as tensors. */
  readonly inputs: readonly TensorSpec[];
  /** Largest first dimension of them. */
  readonly maxBatch: number;
  readonly reading: Reading;
  /** How files of rows are asked about. @default they cannot */
  readonly csv?: Csv;
  /** JSONata that says a function's message in the caller's words; `$message` is the message. */
  readonly reworded?: string;
  /** A body as tensors, for trying a workflow through the other protocol. */
  inferOf(body: Readonly<Record<string, unknown>>): InferRequest;
}
