/** Inference by a model: one invocation of its function. */

import {
  decodeInferRequest,
  decodeInferResponse,
  encodeInferResponse,
  type InferRequest,
  type InferResponse,
  InvalidRequestError,
  selectOutputs,
  stringifyJson,
} from '@chorus/protocol';
import type { Call, Service } from './call.ts';
import { deadlineOf } from './deadline.ts';
import { callAws, failureOfFunction } from './failures.ts';
import type { HttpAnswer } from './http-event.ts';
import { readInferBody } from './infer-body.ts';
import { whatOf } from './live-models.ts';
import { checkVersion, type ServedModel } from './served.ts';

/**
 * `POST /v2/models/{m}/infer` of a model. Its function checks the inputs: it has the schema at hand, the front would
 * have to fetch it.
 *
 * @throws ProtocolError as the model, AWS or the deadline says; NotFoundError when another version is live.
 */
export async function inferModel(
  service: Service,
  model: ServedModel,
  call: Call,
): Promise<HttpAnswer> {
  const request = await readRequest(service, model, call);
  const id = request.id || call.request.requestId;
  const response = await invokeModel(service, model, { ...request, id }, call);
  // Known only now, and from the answer itself: no look-up, and no doubt while versions are being swapped.
  checkVersion(model.name, call.version, response.model_version ?? '');
  const outputs = selectOutputs(request, response.outputs);
  const { body, headers } = encodeInferResponse({ ...response, id, outputs }, request);
  return { status: 200, headers, body };
}

async function readRequest(
  { liveModels }: Service,
  model: ServedModel,
  call: Call,
): Promise<InferRequest> {
  const { body, headerLength } = await readInferBody(call.request);
  const readSchema = () => liveModels.recentSchema(model, call.deadlineMs);
  if (headerLength === 0) {
    // A raw body is nothing but bytes: only the schema says of what.
    return decodeInferRequest(body, headerLength, await readSchema());
  }
  try {
    return decodeInferRequest(body, headerLength);
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) {
      throw error;
    }
    // The schema makes the message name the column. When it cannot be had, the message as it is must do.
    const schema = await readSchema().catch(() => undefined);
    if (schema === undefined) {
      throw error;
    }
    return decodeInferRequest(body, headerLength, schema);
  }
}

async function invokeModel(
  { clients }: Service,
  model: ServedModel,
  request: InferRequest,
  call: Call,
): Promise<InferResponse> {
  const deadlineMs = deadlineOf(request.parameters, call);
  const parameters = { ...request.parameters, chorus_deadline_ms: deadlineMs };
  const event = stringifyJson({ ...request, parameters });
  const lambda = await clients.lambda();
  const { failed, payload } = await callAws(whatOf(model), deadlineMs, (signal) =>
    lambda.invoke(model.functionName, event, signal),
  );
  if (failed) {
    throw failureOfFunction(whatOf(model), payload);
  }
  return decodeInferResponse(payload, undefined);
}
