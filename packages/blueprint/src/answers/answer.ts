import type { ModelSchema, Parameters, Tensor, TensorSpec } from '@chorus/protocol';
import type { Given, State } from '../outcome.ts';

/** The part of a state machine's answer that is the same for all. */
export interface AnsweredBody {
  readonly predictions: readonly unknown[];
  /** By function: what each that answered says of itself. */
  readonly models: Readonly<Record<string, unknown>>;
  /** By function: why each of the others is missing. */
  readonly failed: Readonly<Record<string, unknown>>;
}

/** An answer as the Open Inference Protocol has it. */
export interface AnswerTensors {
  /** The outputs that are there, in the schema's order. */
  readonly tensors: readonly Tensor[];
  readonly parameters: Parameters;
}

/** An answer as a person reads it: lines, then a table. A cell that is absent is shown as a dash. */
export interface ShownAnswer {
  readonly lines: readonly string[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

/** One kind of answer: how what a state machine answers becomes tensors, and how a terminal shows it. */
export interface WorkflowAnswer {
  /** The answer as tensors; undefined if the predictions are not what the schema says. */
  tensorsOf(body: AnsweredBody, schema: ModelSchema): AnswerTensors | undefined;
  /**
   * The answer for a person; undefined if it is none.
   *
   * @param functions the workflow's, in its order
   */
  shownOf(body: AnsweredBody, functions: readonly string[]): ShownAnswer | undefined;
}

/** An answer that fits what the steps give. */
export interface AnswerSpec extends WorkflowAnswer {
  /** Members of the body, as templates: `predictions`, and others if there are. `$states.input` is the steps' outcome. */
  readonly body: State & { readonly predictions: unknown };
  /** The tensors of the answer. */
  readonly outputs: readonly TensorSpec[];
}

/** Makes an answer of the outcome of a workflow's steps. @throws {BlueprintError} naming both sides when it does not fit */
export type Answer = (given: Given) => AnswerSpec;

/** The members of a JSON object; of anything else, none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}
