import { StatesError } from '../errors.ts';
import type { State } from '../machine.ts';
import { compilePathOrIntrinsic, pathNotFound } from '../payload-template.ts';
import type { Query } from '../query.ts';
import {
  compileOrReport,
  compileTemplate,
  queryData,
  type StateCompiler,
  typeError,
} from '../state-compiler.ts';

/** Fail: ends the execution, or its branch, with an error (specification: "Fail State"). */
export function compileFail(compiler: StateCompiler): State['run'] {
  const error = compileText(compiler, 'Error');
  const cause = compileText(compiler, 'Cause');
  return async (visit) => {
    const data = queryData(visit, { root: visit.input });
    throw new StatesError(
      textOf(compiler, 'Error', await error(data)),
      textOf(compiler, 'Cause', await cause(data)),
    );
  };
}

/** `ErrorPath` and `CausePath` hold a path or an intrinsic function. */
function compileText(compiler: StateCompiler, field: 'Error' | 'Cause'): Query {
  const path = compiler.definition[`${field}Path`];
  if (path === undefined) return compileTemplate(compiler, field, compiler.definition[field] ?? '');
  const query = compileOrReport(compiler, `${field}Path`, () => compilePathOrIntrinsic(path));
  return (data) => {
    const value = query(data);
    if (value === undefined) throw pathNotFound(path, `${field}Path`, data.root);
    return value;
  };
}

function textOf(compiler: StateCompiler, field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw typeError(
    compiler,
    `${field} of state '${compiler.name}' must be a string, not ${JSON.stringify(value)}.`,
  );
}
