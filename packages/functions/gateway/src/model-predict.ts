/** `POST /predict/{model}`: one model in plain JSON, by one invocation of what is live. */

import {
  decodeInferResponse,
  type InferResponse,
  InvalidRequestError,
  NotFoundError,
  OutOfRangeError,
  ProtocolError,
  type TensorSpec,
} from '@chorus/protocol';
import type { Manifest } from '@chorus/registry/manifest';
import { type HttpAnswer, jsonAnswer } from '@chorus/runtime/proxy-event';
import type { Call, Service } from './call.ts';
import { deadlineOf } from './deadline.ts';
import { readJsonBody } from './infer-body.ts';
import { invokeModel } from './invoke-model.ts';
import { modelEvent } from './model-event.ts';
import { toPlainAnswer } from './plain-answer.ts';
import { type PlainRequest, readPlainRequest } from './plain-request.ts';
import type { ServedModel } from './served.ts';

/** A request that is refused by a manifest of this age may be right by the one that is live now. */
const staleMs = 1_000;

/**
 * Answers with a prediction for each row. The manifest says what the names in the body mean; it is asked for at most every
 * ten seconds.
 *
 * @throws ProtocolError in the caller's words for a wrong body; else as the model, AWS or the deadline says.
 */
export async function predictModel(
  service: Service,
  model: ServedModel,
  call: Call,
): Promise<HttpAnswer> {
  const body = await readJsonBody(call.request);
  const asking = { service, model, call, body };
  const read = await readRequest(asking);
  const { response, manifest, inputs } = await answerOf(asking, read);
  return jsonAnswer(200, {
    ...toPlainAnswer(manifest.schema, inputs, response),
    model: {
      name: model.name,
      version: manifest.version,
      durationMs: response.parameters?.['chorus_duration_ms'] ?? 0,
      coldStart: response.parameters?.['chorus_cold_start'] ?? false,
    },
    requestId: call.request.requestId,
  });
}

interface Asking {
  readonly service: Service;
  readonly model: ServedModel;
  readonly call: Call;
  readonly body: unknown;
}

/** A request, and the manifest by which its body was read. */
interface ReadRequest extends PlainRequest {
  readonly manifest: Manifest;
}

const readBy = (body: unknown, manifest: Manifest): ReadRequest => ({
  ...readPlainRequest(body, manifest),
  manifest,
});

async function readRequest({ service, model, call, body }: Asking): Promise<ReadRequest> {
  const { configurations } = service;
  const { deadlineMs } = call;
  const manifest = await configurations.recentManifest(model, deadlineMs);
  try {
    return readBy(body, manifest);
  } catch (error) {
    if (!(error instanceof ProtocolError)) {
      throw error;
    }
    // The fault of a request is said also where the newest manifest cannot be had.
    const live = await configurations
      .recentManifest(model, deadlineMs, staleMs)
      .catch(() => manifest);
    if (live.version === manifest.version) {
      throw error;
    }
    return readBy(body, live);
  }
}

/** An answer, with the manifest of the version that gave it. */
interface Answer extends ReadRequest {
  readonly response: InferResponse;
}

/**
 * Asks what is live. Just after a swap, or while a canary is out, that may be another version than the one by whose manifest
 * the body was read. Where the two name their inputs alike, that makes no difference; else the body is read again, by the
 * manifest of the version that answered, and that very version is asked.
 */
async function answerOf(asking: Asking, read: ReadRequest): Promise<Answer> {
  const { service, model, call, body } = asking;
  const response = await ask(asking, read, undefined).catch((error: unknown) =>
    askAgain(asking, read, error),
  );
  const { model_version: version } = response;
  const manifest = await service.configurations.manifestOf(model, version, call.deadlineMs);
  if (manifest === read.manifest || meaningOf(manifest) === meaningOf(read.manifest)) {
    return { ...read, manifest, response };
  }
  const again = readBy(body, manifest);
  return { ...again, response: await ask(asking, again, manifest.version) };
}

/** A version that was not meant may refuse what the other takes: then the one that was meant is asked. */
function askAgain(asking: Asking, read: ReadRequest, error: unknown): Promise<InferResponse> {
  if (!(error instanceof InvalidRequestError || error instanceof OutOfRangeError)) {
    throw error;
  }
  return ask(asking, read, read.manifest.version).catch((second: unknown) => {
    // Not published, so there is only the one that refused.
    throw second instanceof NotFoundError ? error : second;
  });
}

async function ask(
  { service, model, call }: Asking,
  { inputs, parameters }: PlainRequest,
  version: string | undefined,
): Promise<InferResponse> {
  const deadlineMs = deadlineOf(parameters, call);
  const event = modelEvent({
    id: call.request.requestId,
    parameters: { chorus_deadline_ms: deadlineMs },
    inputs,
  });
  const payload = await invokeModel(service, model, version, event, deadlineMs);
  return decodeInferResponse(payload, undefined);
}

/** Returns what decides which element of which tensor a name in a body becomes. */
function meaningOf({ schema }: Manifest): string {
  const layout = ({ name, datatype, shape, columns }: TensorSpec) => [
    name,
    datatype,
    shape,
    columns?.map((column) => column.name),
  ];
  return JSON.stringify(schema.inputs.map(layout));
}
