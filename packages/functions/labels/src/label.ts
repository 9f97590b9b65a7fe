import { InvalidRequestError, PayloadTooLargeError } from '@chorus/protocol';

/** What was predicted, or what is true: a class, a number, or null for none. */
type Value = string | number | null;

/** A judgement of one answer of a workflow, by a person. */
export interface Label {
  readonly workflow: string;
  /** The answer's own `requestId`. */
  readonly requestId: string;
  readonly right: boolean;
  readonly predicted?: Value;
  readonly truth?: Value;
}

/** A body of a request. */
export const example =
  '{"workflow":"churn","requestId":"57f4c49d-b320-44db-84dc-45b4bb59c066","right":false,"predicted":"stays","truth":"leaves"}';

/** Largest body, in bytes: a label is a few words. */
const maxBodyBytes = 2000;

/** Longest text of a value, in characters. */
const maxText = 200;

/** Names of workflows, and of executions: they are a part of the object's key. */
const workflowName = /^[a-z][a-z0-9-]{0,63}$/;
const executionName = /^[A-Za-z0-9_-]{1,80}$/;

function isValue(value: unknown): value is Value {
  if (typeof value === 'string') return value.length <= maxText;
  return value === null || (typeof value === 'number' && Number.isFinite(value));
}

const shown = (value: unknown): string =>
  value === undefined ? 'none' : (JSON.stringify(value) ?? typeof value).slice(0, 60);

/** @throws {InvalidRequestError} unless it is absent or a value */
function checkValue(
  name: 'predicted' | 'truth',
  value: unknown,
): asserts value is Value | undefined {
  if (value === undefined || isValue(value)) return;
  throw new InvalidRequestError(
    `"${name}" must be a text of at most ${maxText} characters, a number or null, got ${shown(value)}`,
  );
}

/** @throws {PayloadTooLargeError} (413) for a body of more than `maxBodyBytes` */
export function checkSize(body: Uint8Array): void {
  if (body.byteLength > maxBodyBytes)
    throw new PayloadTooLargeError(
      `the body has ${body.byteLength} bytes, and a label at most ${maxBodyBytes}`,
    );
}

/**
 * Reads the body of a `POST /labels`.
 *
 * @throws {InvalidRequestError} (400) naming the field that is missing, unknown or of another type
 */
export function parseLabel(body: Readonly<Record<string, unknown>>): Label {
  const { workflow, requestId, right, predicted, truth, ...others } = body;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new InvalidRequestError(`${shown(unknown)} is no field of a label: send ${example}`);
  if (typeof workflow !== 'string' || !workflowName.test(workflow))
    throw new InvalidRequestError(
      `"workflow" must be the name of the workflow that answered, got ${shown(workflow)}`,
    );
  if (typeof requestId !== 'string' || !executionName.test(requestId))
    throw new InvalidRequestError(
      `"requestId" must be that of the answer, got ${shown(requestId)}`,
    );
  if (typeof right !== 'boolean')
    throw new InvalidRequestError(`"right" must be true or false, got ${shown(right)}`);
  checkValue('predicted', predicted);
  checkValue('truth', truth);
  return {
    workflow,
    requestId,
    right,
    ...(predicted !== undefined && { predicted }),
    ...(truth !== undefined && { truth }),
  };
}
