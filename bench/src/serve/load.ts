import type { EventEmitter } from 'node:events';
import autocannon from 'autocannon';
import { MeasurementError } from '../errors.ts';
import { cpuTime, processTree } from '../measure/cpu-time.ts';
import type { Rival } from './rivals.ts';

/** The results of a block of load. */
export interface Load {
  /** Milliseconds of every answer. */
  readonly latencies: readonly number[];
  readonly requestsPerSecond: number;
  /** The processor time of the server's processes together. */
  readonly cpuMsPerRequest: number | undefined;
}

/** CPU time of a process and its descendants, in milliseconds. */
function treeCpu(pid: number): number | undefined {
  const times = processTree(pid).flatMap((each) => cpuTime(each) ?? []);
  return times.length === 0 ? undefined : times.reduce((sum, time) => sum + time, 0);
}

/**
 * Sends the same request over and over, on so many connections, the next one when the last is answered.
 *
 * @throws {MeasurementError} when any answer is not 200
 */
export async function applyLoad(
  rival: Rival,
  body: string,
  connections: number,
  seconds: number,
): Promise<Load> {
  const latencies: number[] = [];
  const before = treeCpu(rival.pid);
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = { method: 'POST', headers, body, connections, duration: seconds } as const;
    const running: EventEmitter = autocannon({ url: rival.url, ...options }, (error, done) =>
      error ? reject(error) : resolve(done),
    );
    // Autocannon's own histogram counts whole milliseconds.
    running.on('response', (_client, _status, _bytes, ms: number) => latencies.push(ms));
  });
  const after = treeCpu(rival.pid);
  const { non2xx, errors, timeouts } = result;
  if (non2xx + errors + timeouts > 0 || latencies.length === 0)
    throw new MeasurementError(
      `${rival.name}: ${latencies.length} answers, of them ${non2xx} not 2xx; ${errors} errors, ${timeouts} time-outs`,
    );
  return {
    latencies,
    requestsPerSecond: latencies.length / result.duration,
    cpuMsPerRequest:
      before === undefined || after === undefined ? undefined : (after - before) / latencies.length,
  };
}
