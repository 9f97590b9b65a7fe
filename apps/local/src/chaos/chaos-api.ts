import type { ServerResponse } from 'node:http';
import {
  type AwsRequest,
  type Credentials,
  type Handle,
  sendAnswer,
  signedHandler,
} from '@chorus/emulator-aws';
import type { Chaos } from './chaos.ts';
import { ChaosError } from './errors.ts';
import { parseOrder, parseTarget } from './parse-order.ts';

function parseBody({ body }: AwsRequest): unknown {
  try {
    return body.byteLength === 0 ? {} : JSON.parse(body.toString());
  } catch (cause) {
    throw new ChaosError('The body is no JSON', { cause });
  }
}

/** Does what a request asks for. @throws {ChaosError} */
function run(chaos: Chaos, request: AwsRequest): unknown {
  const body = parseBody(request);
  switch (`${request.method} ${request.path}`) {
    case 'POST /chaos/list':
      return { targets: chaos.targets(), running: chaos.running(), ended: chaos.ended() };
    case 'POST /chaos/start':
      return chaos.start(parseOrder(body));
    case 'POST /chaos/stop': {
      const { target }: { readonly target?: unknown } = Object(body);
      return { ended: chaos.stop(target === undefined ? undefined : parseTarget(target)) };
    }
    default:
      throw new ChaosError(
        `There is no ${request.method} ${request.path}: only POST to /chaos/list, /chaos/start and /chaos/stop`,
      );
  }
}

function answer(chaos: Chaos, request: AwsRequest, response: ServerResponse): void {
  const send = (status: number, value: unknown) =>
    sendAnswer(response, {
      status,
      type: 'application/json',
      body: JSON.stringify(value),
      requestId: request.requestId,
    });
  try {
    send(200, run(chaos, request));
  } catch (error) {
    if (!(error instanceof ChaosError)) throw error;
    send(400, { error: error.message });
  }
}

/** Answers requests of `chorus chaos`, which are signed with the folder's credentials for a service of our own. */
export function chaosApi(chaos: Chaos, credentials: Credentials): Handle {
  return signedHandler({
    credentials,
    answer: (request, response) => answer(chaos, request, response),
  });
}
