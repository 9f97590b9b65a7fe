import { EvaluationError, PathSyntaxError } from './errors.ts';
import { type PathStep, parseReferencePath } from './json-path.ts';

/** Puts a result into a copy of the raw input. */
export type PlaceResult = (input: unknown, result: unknown) => unknown;

/**
 * Compiles a `ResultPath` (specification: "Using InputPath, …"): `null` keeps the input, `$` takes the
 * result, anything longer writes the result there, making objects on the way. Only what lies on the
 * way is copied. Throws `PathSyntaxError`; at run time `States.ResultPathMatchFailure`.
 */
export function compileResultPath(path: string | null): PlaceResult {
  if (path === null) return (input) => input;
  const steps = /^\$(?=$|[.[])/.test(path) ? parseReferencePath(path) : undefined;
  if (!steps) throw new PathSyntaxError(`"${path}" is not a Reference Path on the state's input.`);
  return (input, result) => place(input, steps, result, path);
}

function place(
  target: unknown,
  steps: readonly PathStep[],
  result: unknown,
  path: string,
): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return result;
  if (typeof step === 'number') {
    const index = Array.isArray(target) && step < 0 ? target.length + step : step;
    if (!Array.isArray(target) || index < 0 || index >= target.length) throw mismatch(path);
    return target.with(index, place(target[index], rest, result, path));
  }
  if (target !== undefined && !isObject(target)) throw mismatch(path);
  const inner = target !== undefined && Object.hasOwn(target, step) ? target[step] : undefined;
  return { ...target, [step]: place(inner, rest, result, path) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mismatch(path: string): EvaluationError {
  return new EvaluationError(
    'States.ResultPathMatchFailure',
    `ResultPath "${path}" cannot be applied to the state's input.`,
  );
}
