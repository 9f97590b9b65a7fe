import { PathSyntaxError } from './errors.ts';
import { readQuery } from './json-path-query.ts';
import { pathError, unquote } from './path-reader.ts';
import { ownField, type Query } from './query.ts';

/** One step of a Reference Path: a field's name, or an array's index (negative from its end). */
export type PathStep = string | number;

/**
 * Compiles a JSONPath: `$…` on the field's own root, `$$…` on the Context Object, `$name…` on a variable (specification:
 * "Paths"). Reference Paths, nearly all of them, are walked directly; those that may select many values yield an array.
 *
 * @throws {PathSyntaxError}
 */
export function compilePath(text: string): Query {
  const { source, path } = splitSource(text);
  const steps = parseReferencePath(path);
  if (steps) return (data) => follow(source(data), steps);
  const reader = { text: path, at: 1 };
  const query = readQuery(reader);
  if (reader.at < path.length) throw pathError({ ...reader, text }, 'nothing more');
  return (data) => {
    const root = source(data);
    return root === undefined ? undefined : query(root, root);
  };
}

/** Splits a path into the value it starts from and the rest, as a path on `$`. */
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

/** AWS, by Jayway's JsonPath, also takes a dot before a bracket: `$.Snapshots.[0]`. */
const stepPattern =
  /\.((?:\\.|[^\\.[\]*?@(),:'"\s])+)|\.?\[('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")\]|\.?\[(-?\d+)\]/gsuy;

/** Parses the steps of a path on `$` that can only name one value, or `undefined` when it is not such a path. */
export function parseReferencePath(path: string): PathStep[] | undefined {
  const steps: PathStep[] = [];
  let end = 1;
  for (stepPattern.lastIndex = 1; end < path.length; end = stepPattern.lastIndex) {
    const match = stepPattern.exec(path);
    if (!match) return undefined;
    const [, dotted, quoted, index] = match;
    if (dotted !== undefined) steps.push(dotted.replace(/\\(.)/gsu, '$1'));
    else steps.push(quoted === undefined ? Number(index) : unquote(quoted));
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

/** A path as AWS prints it: `$['a'][0]`; one that may select many values stays as it was written. */
export function normalPath(path: string): string {
  const steps = /^\$(?=$|[.[])/.test(path) ? parseReferencePath(path) : undefined;
  if (!steps) return path;
  return `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `['${step}']`)).join('')}`;
}
