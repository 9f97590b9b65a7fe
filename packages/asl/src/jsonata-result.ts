import { AslError } from './errors.ts';

/** A result that JSON cannot hold; becomes `States.QueryEvaluationError`. */
export class NotJsonError extends AslError {
  override name = 'NotJsonError';
}

/** Marks jsonata leaves on its arrays; fed back in, they would change what an expression means. */
const marks = ['sequence', 'keepSingleton', 'outerWrapper', 'cons', 'tupleStream'];

/**
 * Returns a result of jsonata as plain JSON. Only arrays that carry jsonata's marks, and what holds them, are copied;
 * data that merely passed through is shared. Throws `NotJsonError` for functions, regular expressions, and numbers
 * such as 1/0.
 */
export function plainJson(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new NotJsonError(`The result ${value} is not a JSON number.`);
  }
  if (typeof value === 'function') throw new NotJsonError('The result is a function.');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(plainJson);
    const same =
      marks.every((mark) => !Object.hasOwn(value, mark)) &&
      items.every((item, index) => item === value[index]);
    return same ? value : items;
  }
  if ('_jsonata_function' in value || '_jsonata_lambda' in value) {
    throw new NotJsonError('The result is a function.');
  }
  // jsonata makes objects without a prototype; what comes from elsewhere has one.
  let same = Object.getPrototypeOf(value) !== null;
  const fields = Object.entries(value).map(([key, item]): [string, unknown] => {
    const plain = plainJson(item);
    if (plain !== item) same = false;
    return [key, plain];
  });
  return same ? value : Object.fromEntries(fields);
}
