import { EvaluationError, PathSyntaxError } from './errors.ts';
import { compileIntrinsic } from './intrinsic-expression.ts';
import { compilePath } from './json-path.ts';
import type { Query } from './query.ts';

/** Told of every field that does not compile: its JSON pointer inside the template, and why. */
export type ReportProblem = (path: string, message: string) => void;

/**
 * Compiles a Payload Template (specification: "Payload Template"): a field `name.$` holds a path or an
 * intrinsic function. What is constant is shared, never copied. At run time a path that finds nothing
 * is `States.Runtime` (recorded on AWS;
 * the specification has `States.ParameterPathFailure`).
 */
export function compilePayloadTemplate(template: unknown, report: ReportProblem): Query {
  return compileValue(template, '', report) ?? (() => template);
}

/** `undefined` when the value is constant. */
function compileValue(value: unknown, at: string, report: ReportProblem): Query | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compileValue(item, `${at}/${index}`, report));
    if (items.every((item) => item === undefined)) return undefined;
    return (data) => items.map((item, index) => (item ? item(data) : value[index]));
  }
  const names = new Set<string>();
  let constant = true;
  const fields = Object.entries(value).map(([key, item]): [string, Query] => {
    const name = key.endsWith('.$') ? key.slice(0, -2) : key;
    if (names.has(name)) report(`${at}/${key}`, `There are two fields named "${name}".`);
    names.add(name);
    const query =
      name === key
        ? compileValue(item, `${at}/${key}`, report)
        : compileReference(item, key, `${at}/${key}`, report);
    if (query) constant = false;
    return [name, query ?? (() => item)];
  });
  if (constant) return undefined;
  return (data) => Object.fromEntries(fields.map(([name, query]) => [name, query(data)]));
}

function compileReference(text: unknown, key: string, at: string, report: ReportProblem): Query {
  try {
    if (typeof text !== 'string') throw new PathSyntaxError(`"${key}" must be a string.`);
    const query = compilePathOrIntrinsic(text);
    return (data) => {
      const value = query(data);
      if (value !== undefined) return value;
      throw pathNotFound(text, key, data.root);
    };
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error;
    report(at, error.message);
    return () => undefined;
  }
}

/** A path that selects nothing, in AWS's words. */
export function pathNotFound(path: string, field: string, input: unknown): EvaluationError {
  return new EvaluationError(
    'States.Runtime',
    `The JSONPath '${path}' specified for the field '${field}' could not be found in the input '${JSON.stringify(input)}'`,
  );
}

/** A path begins with `$`; anything else must be an intrinsic function. Throws `PathSyntaxError`. */
export function compilePathOrIntrinsic(text: string): Query {
  return text.startsWith('$') ? compilePath(text) : compileIntrinsic(text);
}
