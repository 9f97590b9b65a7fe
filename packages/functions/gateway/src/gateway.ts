import { ProtocolError, toErrorBody } from '@chorus/protocol';
import type { Handler, InvocationContext } from '@chorus/runtime/bootstrap';
import {
  type HttpAnswer,
  jsonAnswer,
  type ProxyResult,
  parseHttpEvent,
  toProxyResult,
} from '@chorus/runtime/proxy-event';
import type { Service } from './call.ts';
import { createClients } from './clients.ts';
import { compress } from './compression.ts';
import { timesOf } from './deadline.ts';
import type { GatewaySettings } from './env.ts';
import { createModelConfigurations } from './model-configurations.ts';
import { createModelVersions } from './model-versions.ts';
import { respond } from './routes.ts';
import { gatewaySize, type ServiceDescription, servedOf } from './served.ts';

/**
 * Makes the handler of the function behind `/v2`. It takes the proxy event of an API Gateway REST API and answers
 * every failure in the protocol's form, `{"error": …}`: it never throws.
 *
 * @param description the blueprint; what the settings do not name is not served.
 * @param document makes what `GET /openapi.json` answers
 * @throws ConfigurationError when the settings name a model or a workflow that it does not describe.
 */
export function createGateway(
  settings: GatewaySettings,
  description: ServiceDescription,
  document?: () => unknown,
): Handler {
  const clients = createClients();
  const configurations = createModelConfigurations(clients);
  const service: Service = {
    served: servedOf(settings, description),
    clients,
    configurations,
    modelVersions: createModelVersions(clients, configurations),
    uploadsBucket: settings.uploadsBucket,
    document,
    size: gatewaySize(description),
  };
  return (event, context) => answerEvent(service, event, context);
}

async function answerEvent(
  service: Service,
  event: unknown,
  context: InvocationContext,
): Promise<ProxyResult> {
  const times = timesOf(Date.now(), context.deadlineMs);
  let requestId = context.requestId;
  const finish = (answer: HttpAnswer): ProxyResult => {
    context.notes['status'] = answer.status;
    return toProxyResult({ ...answer, headers: { ...answer.headers, 'x-request-id': requestId } });
  };
  try {
    const request = parseHttpEvent(event, context.requestId);
    requestId = request.requestId;
    context.notes['httpRequestId'] = requestId;
    const answer = await respond(service, { request, ...times });
    return finish(await compress(answer, request.headers.get('accept-encoding')));
  } catch (error) {
    const { status, body } = toErrorBody(error);
    noteError(context, status, error);
    return finish(jsonAnswer(status, body));
  }
}

/** Names the error in the log; of a caller's own mistake not the message, which may quote a value. */
function noteError(context: InvocationContext, status: number, error: unknown): void {
  context.notes['error'] = error instanceof Error ? error.name : 'Error';
  if (status >= 500) {
    context.notes['reason'] = reasonOf(error);
  }
}

/** Returns an error and its causes in one line; with the stack for an unexpected error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const text = error instanceof ProtocolError ? error.message : (error.stack ?? error.message);
  return error.cause === undefined ? text : `${text}; cause: ${reasonOf(error.cause)}`;
}
