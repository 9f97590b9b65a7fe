import { PathSyntaxError } from './errors.ts';
import type { Visit } from './machine.ts';
import type { Variables } from './query.ts';
import { compileResultPath, type PlaceResult } from './result-path.ts';
import {
  compilePathField,
  compileTemplate,
  type DataExtras,
  type Extra,
  queryData,
  type StateCompiler,
} from './state-compiler.ts';
import type { Step } from './step.ts';

/** The way of data into a state and out of it, the same for all types of state. */
export interface DataFlow {
  /** Returns the input that the state works on: after InputPath and Parameters, or Arguments. */
  effectiveInput(visit: Visit): Promise<unknown>;
  /** The state's output and variables, made of its result. */
  finish(visit: Visit, result: unknown): Promise<Step>;
}

/** The fields that a type of state has; a Map's `Parameters` is an old name of `ItemSelector`. */
export interface DataFlowOptions {
  readonly parameters: boolean;
  /** Whether the state has a result of its own, which `$states.result` names. */
  readonly result: boolean;
}

/**
 * Compiles a state's data flow (specification: "Input and Output Processing"; developer guide:
 * "Passing data between states with variables"). Output and variables are computed from the values at
 * the state's entry: neither sees the other.
 */
export function compileDataFlow(compiler: StateCompiler, options: DataFlowOptions): DataFlow {
  return compiler.language === 'JSONPath'
    ? jsonPathFlow(compiler, options)
    : jsonataFlow(compiler, options);
}

function jsonPathFlow(compiler: StateCompiler, options: DataFlowOptions): DataFlow {
  const { definition } = compiler;
  const input = compileSelection(compiler, 'InputPath');
  const output = compileSelection(compiler, 'OutputPath');
  const parameters =
    options.parameters && definition.Parameters !== undefined
      ? compileTemplate(compiler, 'Parameters', definition.Parameters)
      : undefined;
  const selector =
    definition.ResultSelector === undefined
      ? undefined
      : compileTemplate(compiler, 'ResultSelector', definition.ResultSelector);
  const place = compileResultPathField(compiler, 'ResultPath', definition.ResultPath);
  const assign = compileAssign(compiler, 'Assign', definition.Assign);

  return {
    async effectiveInput(visit) {
      const selected = input(visit, visit.input);
      return parameters ? parameters(queryData(visit, { root: selected })) : selected;
    },
    async finish(visit, result) {
      const effective = selector ? selector(queryData(visit, { root: result })) : result;
      return {
        output: output(visit, place(visit.input, effective)),
        next: definition.Next,
        assign: await assign?.(visit, { root: result }),
      };
    },
  };
}

function jsonataFlow(compiler: StateCompiler, options: DataFlowOptions): DataFlow {
  const { definition } = compiler;
  const extras: Extra[] = options.result ? ['result'] : [];
  const args =
    definition.Arguments === undefined
      ? undefined
      : compileTemplate(compiler, 'Arguments', definition.Arguments);
  const output =
    definition.Output === undefined
      ? undefined
      : compileTemplate(compiler, 'Output', definition.Output, extras);
  const assign = compileAssign(compiler, 'Assign', definition.Assign, extras);

  return {
    async effectiveInput(visit) {
      return args ? args(queryData(visit)) : visit.input;
    },
    async finish(visit, result) {
      const seen = options.result ? { result } : {};
      return {
        output: output ? await output(queryData(visit, seen)) : result,
        next: definition.Next,
        assign: await assign?.(visit, seen),
      };
    },
  };
}

/** InputPath and OutputPath: `null` selects `{}`, absent selects everything. */
function compileSelection(
  compiler: StateCompiler,
  field: 'InputPath' | 'OutputPath',
): (visit: Visit, value: unknown) => unknown {
  const path = compiler.definition[field];
  if (path === undefined || path === '$') return (_visit, value) => value;
  if (path === null) return () => ({});
  const query = compilePathField(compiler, field, path);
  return (visit, value) => query(queryData(visit, { root: value }));
}

/** `ResultPath` of a state or a Catcher; absent, the result replaces the input. */
export function compileResultPathField(
  compiler: StateCompiler,
  field: string,
  path: string | null | undefined,
): PlaceResult {
  try {
    return compileResultPath(path === undefined ? '$' : path);
  } catch (error) {
    if (!(error instanceof PathSyntaxError)) throw error;
    compiler.problem(field, error.message);
    return (input) => input;
  }
}

/** Computes the variables to set, or nothing when there is no `Assign`. */
export type AssignQuery = (visit: Visit, extras: DataExtras) => Promise<Variables>;

/** Compiles an `Assign`: a template whose fields are the variables' names. */
export function compileAssign(
  compiler: StateCompiler,
  field: string,
  template: Readonly<Record<string, unknown>> | undefined,
  available: readonly Extra[] = [],
): AssignQuery | undefined {
  if (template === undefined) return undefined;
  const query = compileTemplate(compiler, field, template, available);
  return async (visit, extras) => (await query(queryData(visit, extras))) as Variables;
}
