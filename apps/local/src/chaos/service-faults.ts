import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AwsAnswer,
  type AwsRequest,
  damagedJson,
  type Interceptor,
} from '@chorus/emulator-aws';
import { type CallService, ServiceError } from '@chorus/emulator-states';
import type { Chaos } from './chaos.ts';
import type { FaultTarget, Strike } from './fault.ts';
import { logicalName } from './targets.ts';

/** An error of a service that refuses on purpose. */
interface FaultError {
  readonly name: string;
  readonly message: string;
  /** HTTP status. */
  readonly status: number;
}

/** A service whose tables or queues may have faults. */
export interface FaultyService {
  readonly kind: FaultTarget['kind'];
  /** Returns the physical names of what an operation is about. */
  namesOf(operation: string, parameters: unknown): readonly string[];
  readonly failure: FaultError;
  readonly throttling: FaultError;
  /** Returns an error as the service writes it. */
  errorAnswer(requestId: string, error: FaultError): AwsAnswer;
  /** @default half of the answer is lost, its checksum is not */
  corrupt?(answer: AwsAnswer): AwsAnswer;
}

/** The faults of a service. */
export interface ServiceFaults {
  /** For requests to the service's API. */
  readonly between: Interceptor;
  /** For the tasks of state machines, which ask the service without a connection. */
  around(call: CallService): CallService;
}

/** Half of an answer is lost. */
export const halved = (answer: AwsAnswer): AwsAnswer => ({
  ...answer,
  body: damagedJson(Buffer.from(answer.body)),
});

/** `GetItem` of `DynamoDB_20120810.GetItem`. */
const operationOf = ({ headers }: AwsRequest): string =>
  (headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';

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

/** Waits as long as a fault says, or until it is over. @throws the signal's reason */
async function waitFor({ delayMs = 0, over }: Strike, signal?: AbortSignal): Promise<void> {
  const signals = [over, signal].filter((each) => each !== undefined);
  const options = { ref: false, signal: AbortSignal.any(signals) };
  if (delayMs > 0) await sleep(delayMs, undefined, options).catch(() => {});
  signal?.throwIfAborted();
}

/** Lets a service's answers have the faults that run. */
export function serviceFaults(
  chaos: Pick<Chaos, 'isQuiet' | 'strike'>,
  { kind: of, namesOf, failure, throttling, errorAnswer, corrupt = halved }: FaultyService,
): ServiceFaults {
  function strikeOf(operation: string, parameters: unknown): Strike | undefined {
    for (const name of namesOf(operation, parameters)) {
      const strike = chaos.strike(of, logicalName(name));
      if (strike !== undefined) return strike;
    }
    return undefined;
  }

  return {
    async between(request, answer) {
      if (chaos.isQuiet()) return answer();
      const strike = strikeOf(operationOf(request), parsed(request.body));
      if (strike === undefined) return answer();
      const { kind, isLate = false } = strike;
      const { requestId } = request;
      if (kind === 'throttle') return errorAnswer(requestId, throttling);
      if (kind === 'fail') return errorAnswer(requestId, failure);
      await waitFor(strike);
      // The connection is cut: before the work is done, or after it.
      if (kind === 'kill' && !isLate) return undefined;
      const answered = await answer();
      if (kind === 'kill' || answered === undefined) return undefined;
      return kind === 'corrupt' ? corrupt(answered) : answered;
    },
    around: (call) => async (operation, parameters, signal) => {
      const strike = chaos.isQuiet() ? undefined : strikeOf(operation, parameters);
      if (strike === undefined) return call(operation, parameters, signal);
      const { kind, isLate = false } = strike;
      if (kind === 'throttle' || kind === 'fail') {
        const { name, message, status } = kind === 'fail' ? failure : throttling;
        throw new ServiceError(name, message, status);
      }
      await waitFor(strike, signal);
      const cut = noAnswer('Unable to execute HTTP request: the connection was cut by chaos');
      if (kind === 'kill' && !isLate) throw cut;
      const answered = await call(operation, parameters, signal);
      if (kind === 'kill') throw cut;
      if (kind === 'corrupt')
        throw noAnswer('The answer is not that of its checksum: chaos was told to damage it');
      return answered;
    },
  };
}
