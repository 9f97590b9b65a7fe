import { setTimeout as sleep } from 'node:timers/promises';
import type { Interceptor } from '@chorus/emulator-aws';
import { errorAnswer, operationOf } from '@chorus/emulator-dynamodb';
import { type CallService, ServiceError } from '@chorus/emulator-states';
import type { Chaos } from './chaos.ts';
import type { Strike } from './fault.ts';
import { intercept } from './intercept.ts';
import { tablesOf } from './tables-of.ts';

const failure = { name: 'InternalServerError', message: 'The table fails: chaos was told to.' };
const throttling = {
  name: 'ProvisionedThroughputExceededException',
  message:
    'The level of configured provisioned throughput for the table was exceeded: chaos was told to throttle it.',
};

/** The faults of tables. */
export interface TableFaults {
  /** For requests to the DynamoDB API. */
  readonly between: Interceptor;
  /** For the tasks of state machines, which ask DynamoDB without a connection. */
  around(call: CallService): CallService;
}

/** Parses a body; what is no JSON is the service's to refuse. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** What the SDK of a state machine says when it gets no answer, or one that it cannot use. */
const noAnswer = (message: string): ServiceError =>
  new ServiceError('SdkClientException', message, 0);

/** @param logicalName a table's name in the blueprint, of its physical one */
export function tableFaults(
  chaos: Pick<Chaos, 'isQuiet' | 'strike'>,
  logicalName: (physical: string) => string,
): TableFaults {
  function strikeOf(operation: string, parameters: unknown): Strike | undefined {
    for (const table of tablesOf(operation, parameters)) {
      const strike = chaos.strike('table', logicalName(table));
      if (strike !== undefined) return strike;
    }
    return undefined;
  }

  return {
    async between(request, answer) {
      if (chaos.isQuiet()) return answer();
      const strike = strikeOf(operationOf(request), parsed(request.body));
      if (strike === undefined) return answer();
      const { requestId } = request;
      return intercept(strike, answer, {
        fail: () => errorAnswer(requestId, 500, failure),
        throttle: () => errorAnswer(requestId, 400, throttling),
      });
    },
    around: (call) => async (operation, parameters, signal) => {
      const strike = chaos.isQuiet() ? undefined : strikeOf(operation, parameters);
      if (strike === undefined) return call(operation, parameters, signal);
      const { kind, delayMs = 0, isLate = false } = strike;
      if (kind === 'throttle') throw new ServiceError(throttling.name, throttling.message, 400);
      if (kind === 'fail') throw new ServiceError(failure.name, failure.message, 500);
      if (delayMs > 0) await sleep(delayMs, undefined, { signal });
      if (kind === 'kill' && !isLate)
        throw noAnswer('Unable to execute HTTP request: the connection was cut by chaos');
      const answered = await call(operation, parameters, signal);
      if (kind === 'kill')
        throw noAnswer('Unable to execute HTTP request: the connection was cut by chaos');
      if (kind === 'corrupt')
        throw noAnswer('The answer is not that of its CRC32 checksum: chaos was told to damage it');
      return answered;
    },
  };
}
