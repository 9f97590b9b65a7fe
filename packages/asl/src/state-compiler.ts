import type {
  GraphDefinition,
  MachineDefinition,
  QueryLanguage,
  StateDefinition,
} from './definition.ts';
import { EvaluationError, PathSyntaxError } from './errors.ts';
import { compilePath, normalPath } from './json-path.ts';
import { compileJsonataTemplate } from './jsonata.ts';
import type { Graph, MachineType, Visit } from './machine.ts';
import { compilePayloadTemplate } from './payload-template.ts';
import type { Query, QueryData } from './query.ts';

/** The input of a state's compilation: the state, its language, and the report of problems. */
export interface StateCompiler {
  readonly name: string;
  readonly definition: StateDefinition;
  readonly language: QueryLanguage;
  readonly type: MachineType;
  /** `field` is the pointer inside the state: `Catch/0/Output`. */
  problem(field: string, message: string): void;
  /** Compiles states inside this one. */
  graph(field: string, definition: GraphDefinition): Graph;
  /** Checks states inside this one that are executed by themselves, and returns their machine's definition. */
  machine(field: string, definition: GraphDefinition, type: MachineType): MachineDefinition;
}

/** A field of `$states` that only some expressions may read. */
export type Extra = 'result' | 'errorOutput';

/** The values that a field is computed from, beside the state's input. */
export interface DataExtras {
  readonly root?: unknown;
  readonly result?: unknown;
  readonly errorOutput?: unknown;
}

/** Returns the data of a visit as expressions read it. */
export function queryData(visit: Visit, extras: DataExtras = {}): QueryData {
  return {
    root: extras.root,
    states: {
      input: visit.input,
      ...('result' in extras && { result: extras.result }),
      ...('errorOutput' in extras && { errorOutput: extras.errorOutput }),
      get context() {
        return visit.context;
      },
    },
    variables: visit.scope.variables,
    random: visit.scope.execution.random,
  };
}

/** Compiles a template of the state's language: a Payload Template, or JSON with `{% … %}`. */
export function compileTemplate(
  compiler: StateCompiler,
  field: string,
  template: unknown,
  available: readonly Extra[] = [],
): Query {
  const report = (path: string, message: string) => compiler.problem(`${field}${path}`, message);
  if (compiler.language === 'JSONPath') return compilePayloadTemplate(template, report);
  const unavailable = new Set(['result', 'errorOutput']);
  for (const extra of available) unavailable.delete(extra);
  return compileJsonataTemplate(template, { field, report, unavailable });
}

/** Compiles a path; at run time one that finds nothing is `States.Runtime`. */
export function compilePathField(compiler: StateCompiler, field: string, path: string): Query {
  const query = compileOrReport(compiler, field, () => compilePath(path));
  return (data) => {
    const value = query(data);
    if (value !== undefined) return value;
    throw new EvaluationError(
      'States.Runtime',
      `Invalid path '${path}' : No results for path: ${normalPath(path)}`,
    );
  };
}

/** Reports a path that does not compile, and answers a query that selects nothing in its place. */
export function compileOrReport(
  compiler: StateCompiler,
  field: string,
  compile: () => Query,
): Query {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error;
    compiler.problem(field, error.message);
    return () => undefined;
  }
}

/** The error a field's value of the wrong type is in each language. */
export function typeError(compiler: StateCompiler, message: string): EvaluationError {
  const name = compiler.language === 'JSONata' ? 'States.QueryEvaluationError' : 'States.Runtime';
  return new EvaluationError(name, message);
}

type NumberField =
  | 'TimeoutSeconds'
  | 'HeartbeatSeconds'
  | 'Seconds'
  | 'MaxConcurrency'
  | 'MaxItems'
  | 'MaxItemsPerBatch'
  | 'MaxInputBytesPerBatch'
  | 'ToleratedFailureCount'
  | 'ToleratedFailurePercentage';

/** A field that holds a number, or from which one is computed for each visit. */
export type NumberQuery = (data: QueryData) => Promise<number>;

/**
 * Compiles a field given as a number, as a JSONata expression, or as a path in the field of the same
 * name plus `Path`. Answers `undefined` when the state has none of them.
 *
 * @param inside the field of the state that it is in, if it is not the state's own: `ItemBatcher`
 */
export function compileNumber(
  compiler: StateCompiler,
  field: NumberField,
  [least, most]: readonly [number, number],
  inside?: { readonly at: string; readonly fields: Readonly<Record<string, unknown>> },
): NumberQuery | undefined {
  const fields: Readonly<Record<string, unknown>> = inside?.fields ?? { ...compiler.definition };
  const at = inside ? `${inside.at}/${field}` : field;
  const path = fields[`${field}Path`];
  const given = fields[field];
  if (path === undefined && given === undefined) return undefined;
  const query =
    path === undefined
      ? compileTemplate(compiler, at, given)
      : compilePathField(compiler, `${at}Path`, String(path));
  return async (data) => {
    const found = await query(data);
    const value = path === undefined ? found : wholeNumber(found, field);
    if (typeof value === 'number' && value >= least && value <= most) return value;
    if (path !== undefined)
      throw new EvaluationError('States.Runtime', notWhole(field, String(path), found));
    throw typeError(
      compiler,
      `${field} of state '${compiler.name}' must be a number from ${least} to ${most}, not ${JSON.stringify(value)}.`,
    );
  };
}

/** Returns a path's value for a number: a whole one, or, recorded on AWS for `MaxConcurrencyPath` only, its text. */
function wholeNumber(value: unknown, field: NumberField): unknown {
  if (Number.isInteger(value) || field === 'ToleratedFailurePercentage') return value;
  const isText = field === 'MaxConcurrency' && typeof value === 'string';
  return isText && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** AWS's words for it. */
function notWhole(field: NumberField, path: string, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return field === 'MaxConcurrency'
    ? `The MaxConcurrencyPath field refers to value "${text}" which is not a valid integer: ${path}`
    : `The ${field}Path parameter cannot be parsed as a long value: ${path} == ${text}`;
}
