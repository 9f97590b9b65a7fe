/** Inference by a model: one invocation of its function. */

import {
  decodeInferRequest,
  decodeInferResponse,
  encodeInferResponse,
  type InferRequest,
  type InferResponse,
  InvalidRequestError,
  type Parameters,
  selectOutputs,
} from '@chorus/protocol';
import type { HttpAnswer } from '@chorus/runtime/proxy-event';
import type { Call, Service } from './call.ts';
import { deadlineOf } from './deadline.ts';
import { estimatedCost } from './estimated-cost.ts';
import { readInferBody } from './infer-body.ts';
import { invokeModel } from './invoke-model.ts';
import { modelEvent } from './model-event.ts';
import type { ServedModel } from './served.ts';

/**
 * `POST /v2/models/{m}/infer` of a model. Its function checks the inputs: it has the schema at hand, the gateway would
 * have to fetch it.
 *
 * @throws ProtocolError as the model, AWS or the deadline says; NotFoundError when the version is not published.
 */
export async function inferModel(
  service: Service,
  model: ServedModel,
  call: Call,
): Promise<HttpAnswer> {
  const request = await readRequest(service, model, call);
  const id = request.id || call.request.requestId;
  const response = await askModel(service, model, { ...request, id }, call);
  const outputs = selectOutputs(request, response.outputs);
  const parameters = parametersOf(service, model, call, response);
  const { body, headers } = encodeInferResponse({ ...response, id, parameters, outputs }, request);
  return { status: 200, headers, body };
}

async function readRequest(
  { configurations, modelVersions }: Service,
  model: ServedModel,
  { request, version, deadlineMs }: Call,
): Promise<InferRequest> {
  const { body, headerLength } = await readInferBody(request);
  const readSchema = async () => {
    const found = await modelVersions.find(model, version, deadlineMs);
    return (await configurations.recentManifest(found, deadlineMs)).schema;
  };
  if (headerLength === 0 || configurations.takesMissing(model)) {
    // A raw body is nothing but bytes: only the schema says of what. And only the schema says where a value may be missing.
    return decodeInferRequest(body, headerLength, await readSchema());
  }
  try {
    return decodeInferRequest(body, headerLength);
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) {
      throw error;
    }
    // By the schema it may be right, with a value missing; else the message names the column. When it cannot be had, the
    // message as it is must do.
    const schema = await readSchema().catch(() => undefined);
    if (schema === undefined) {
      throw error;
    }
    return decodeInferRequest(body, headerLength, schema);
  }
}

async function askModel(
  service: Service,
  model: ServedModel,
  request: InferRequest,
  call: Call,
): Promise<InferResponse> {
  const deadlineMs = deadlineOf(request.parameters, call);
  const parameters = { ...request.parameters, chorus_deadline_ms: deadlineMs };
  const event = modelEvent({ ...request, parameters });
  const payload = await invokeModel(service, model, call.version, event, deadlineMs);
  return decodeInferResponse(payload, undefined);
}

/** Returns the model's own parameters, and the cost of the answer. */
function parametersOf(
  service: Service,
  { size }: ServedModel,
  call: Call,
  { parameters = {} }: InferResponse,
): Parameters {
  const { chorus_duration_ms: duration } = parameters;
  const run = { size, durationMs: typeof duration === 'number' ? duration : undefined };
  return { ...parameters, chorus_cost_usd: estimatedCost(service, call, [run]) };
}
