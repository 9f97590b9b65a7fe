/** `POST /predict/{model}`: one model in plain JSON, by one invocation of what is live. */

import { decodeInferResponse, ProtocolError } from '@chorus/protocol';
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
  const { inputs, parameters } = await readRequest(service, model, body, call);
  const deadlineMs = deadlineOf(parameters, call);
  const { requestId } = call.request;
  const asked = { chorus_deadline_ms: deadlineMs };
  const event = modelEvent({ id: requestId, parameters: asked, inputs });
  const payload = await invokeModel(service, model, undefined, event, deadlineMs);
  const response = decodeInferResponse(payload, undefined);
  const { model_version: version } = response;
  // Labels are those of the version that answered: while a canary is out, that is not always the same one.
  const manifest = await service.configurations.manifestOf(model, version, deadlineMs);
  return jsonAnswer(200, {
    ...toPlainAnswer(manifest.schema, inputs, response),
    model: {
      name: model.name,
      version: manifest.version,
      durationMs: response.parameters?.['chorus_duration_ms'] ?? 0,
      coldStart: response.parameters?.['chorus_cold_start'] ?? false,
    },
    requestId,
  });
}

async function readRequest(
  { configurations }: Service,
  model: ServedModel,
  body: unknown,
  { deadlineMs }: Call,
): Promise<PlainRequest> {
  const manifest = await configurations.recentManifest(model, deadlineMs);
  try {
    return readPlainRequest(body, manifest);
  } catch (error) {
    if (!(error instanceof ProtocolError)) {
      throw error;
    }
    const live = await newerThan(manifest, () =>
      configurations.recentManifest(model, deadlineMs, staleMs),
    );
    if (live === undefined) {
      throw error;
    }
    return readPlainRequest(body, live);
  }
}

/** Returns the manifest that is live now when it is another; the fault of a request is said also where that cannot be had. */
async function newerThan(
  { version }: Manifest,
  read: () => Promise<Manifest>,
): Promise<Manifest | undefined> {
  const live = await read().catch(() => undefined);
  return live?.version === version ? undefined : live;
}
