import { compileDataFlow } from '../data-flow.ts';
import type { State } from '../machine.ts';
import {
  compileNumber,
  compilePathField,
  compileTemplate,
  queryData,
  type StateCompiler,
  typeError,
} from '../state-compiler.ts';
import { parseTimestamp } from '../timestamps.ts';

/** Most seconds a Wait may be told to wait (AWS's limit). */
const longestWaitSeconds = 99_999_999;

/** Wait: for some seconds, or until a timestamp (specification: "Wait State"). */
export function compileWait(compiler: StateCompiler): State['run'] {
  const flow = compileDataFlow(compiler, { parameters: false, result: false });
  const delay = compileDelay(compiler);
  return async (visit) => {
    const input = await flow.effectiveInput(visit);
    const { clock } = visit.scope.execution;
    const milliseconds = await delay(queryData(visit, { root: input }), clock.now());
    if (milliseconds > 0) await clock.sleep(milliseconds, visit.scope.signal);
    return flow.finish(visit, input);
  };
}

type Delay = (data: ReturnType<typeof queryData>, now: number) => Promise<number>;

function compileDelay(compiler: StateCompiler): Delay {
  const seconds = compileNumber(compiler, 'Seconds', [0, longestWaitSeconds]);
  if (seconds) return async (data) => 1000 * (await seconds(data));

  const { Timestamp, TimestampPath } = compiler.definition;
  const timestamp =
    TimestampPath === undefined
      ? compileTemplate(compiler, 'Timestamp', Timestamp)
      : compilePathField(compiler, 'TimestampPath', TimestampPath);
  return async (data, now) => {
    const value = await timestamp(data);
    const time = parseTimestamp(value);
    if (time !== undefined) return time - now;
    throw typeError(
      compiler,
      `Timestamp of state '${compiler.name}' must be an RFC 3339 timestamp, not ${JSON.stringify(value)}.`,
    );
  };
}
