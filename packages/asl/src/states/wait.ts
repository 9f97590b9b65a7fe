import { compileDataFlow } from '../data-flow.ts';
import { EvaluationError } from '../errors.ts';
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
import { once } from '../track.ts';

/** Most seconds a Wait may be told to wait (AWS's limit). */
const longestWaitSeconds = 99_999_999;

/** Longest delay until a timestamp, some 68 years: the seconds that 32 bits hold (recorded on AWS). */
const longestDelayMs = (2 ** 31 - 1) * 1000;

/** Wait: for some seconds, or until a timestamp (specification: "Wait State"). */
export function compileWait(compiler: StateCompiler): State['run'] {
  const flow = compileDataFlow(compiler, { parameters: false, result: false });
  const delay = compileDelay(compiler);
  return async (visit) => {
    const input = await flow.effectiveInput(visit);
    const { clock } = visit.scope.execution;
    const { track } = visit.scope;
    if (track) {
      // A restart must not make the wait longer: what is kept is its end.
      const due = await once(track, 'due', async () => {
        const now = clock.now();
        return now + (await delay(queryData(visit, { root: input }), now));
      });
      if (due > clock.now()) await clock.sleep(due - clock.now(), visit.scope.signal);
      return flow.finish(visit, input);
    }
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
    if (time === undefined) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      throw typeError(
        compiler,
        TimestampPath === undefined
          ? `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`
          : `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${TimestampPath} == ${text}`,
      );
    }
    if (time - now > longestDelayMs)
      throw new EvaluationError('States.Runtime', 'Wait state delay is too long.');
    return time - now;
  };
}
