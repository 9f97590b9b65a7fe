import { JSONPath } from 'jsonpath-plus';
import { AslError } from './errors.ts';
import { ownField, type Query } from './query.ts';

/** Text that is neither a path nor an intrinsic function. */
export class PathSyntaxError extends AslError {
  override name = 'PathSyntaxError';
}

/** One step of a Reference Path: a field's name, or an array's index (negative from its end). */
export type PathStep = string | number;

/**
 * Compiles a JSONPath: `$…` on the field's own root, `$$…` on the Context Object, `$name…` on a
 * variable (specification: "Paths"). Reference Paths, nearly all of them, are walked directly; those
 * that may select many values go to jsonpath-plus (filters by its own parser, never by `eval`) and
 * always yield an array. Throws `PathSyntaxError`.
 */
export function compilePath(text: string): Query {
  const { source, path } = splitSource(text);
  const steps = parseReferencePath(path);
  if (steps) return (data) => follow(source(data), steps);
  assertBalanced(text);
  return (data) => {
    const json = source(data);
    if (typeof json !== 'object' || json === null) return json === undefined ? json : [];
    return JSONPath({ path, json, wrap: true, eval: 'safe', ignoreEvalErrors: true });
  };
}

/** What a path starts from, and the rest of it as a path on `$`. */
function splitSource(text: string): { source: Query; path: string } {
  if (/^\$(?=$|[.[])/.test(text)) return { source: (data) => data.root, path: text };
  if (/^\$\$(?=$|[.[])/.test(text)) {
    return { source: (data) => data.states.context, path: text.slice(1) };
  }
  const name = /^\$([\p{ID_Start}_][\p{ID_Continue}]*)(?=$|[.[])/u.exec(text)?.[1];
  if (name === undefined) {
    throw new PathSyntaxError(`"${text}" is not a path: it must begin with "$", "$$" or "$name".`);
  }
  return {
    source: (data) => ownField(data.variables, name),
    path: `$${text.slice(1 + name.length)}`,
  };
}

const stepPattern =
  /\.((?:\\.|[^\\.[\]*?@(),:'"\s])+)|\['((?:\\.|[^'\\])*)'\]|\["((?:\\.|[^"\\])*)"\]|\[(-?\d+)\]/gsuy;

/** The steps of a path on `$` that can only name one value, or `undefined` when it is not such a path. */
export function parseReferencePath(path: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  let end = 1;
  for (stepPattern.lastIndex = 1; end < path.length; end = stepPattern.lastIndex) {
    const match = stepPattern.exec(path);
    if (!match) return undefined;
    const [, dotted, single, double, index] = match;
    const name = dotted ?? single ?? double;
    steps.push(name === undefined ? Number(index) : name.replace(/\\(.)/gsu, '$1'));
  }
  return steps;
}

function follow(start: unknown, steps: readonly PathStep[]): unknown {
  let value = start;
  for (const step of steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? value.at(step) : undefined;
    else value = Array.isArray(value) ? undefined : ownField(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

/** jsonpath-plus reads nearly anything; this finds the slips that matter. */
function assertBalanced(path: string): void {
  const outside = path.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|\\./gsu, '');
  const open: string[] = [];
  for (const character of outside.replace(/[^[\]()'"]/g, '')) {
    if (character === '[' || character === '(') open.push(character === '[' ? ']' : ')');
    else if (open.pop() !== character) throw new PathSyntaxError(`"${path}" is not a valid path.`);
  }
  if (open.length > 0 || /\.$|\.{3}|\[\]/.test(outside)) {
    throw new PathSyntaxError(`"${path}" is not a valid path.`);
  }
}
