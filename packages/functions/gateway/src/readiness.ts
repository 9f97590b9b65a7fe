/** Whether the server, a model or a workflow is ready to infer. */

import { InternalError, NotFoundError, ProtocolError } from '@chorus/protocol';
import { asRecord, type HttpAnswer, jsonAnswer } from '@chorus/runtime/proxy-event';
import type { Call, Service } from './call.ts';
import { invokeModel } from './invoke-model.ts';
import { whatOf } from './model-configurations.ts';
import { checkWorkflowVersion, type ServedModel, type ServedWorkflow } from './served.ts';

/** `GET /v2/health/ready`: every model's function is deployed and takes invocations; none is invoked. */
export async function serverReady(
  { served, configurations }: Service,
  { deadlineMs }: Call,
): Promise<HttpAnswer> {
  const models = [...served.values()].filter((each) => each.kind === 'model');
  const reasons = await Promise.all(
    models.map((model) =>
      reasonOf(async () => {
        const { notReady } = await configurations.read(model, deadlineMs);
        return notReady === undefined ? undefined : `${whatOf(model)}: ${notReady}`;
      }),
    ),
  );
  const error = reasons.filter((reason) => reason !== undefined).join('; ');
  return error === ''
    ? jsonAnswer(200, { ready: true, live: true })
    : jsonAnswer(503, { ready: false, live: true, error });
}

/**
 * `GET /v2/models/{m}/ready`: a model is ready when its function has loaded the weights, which this asks it to do; a
 * workflow when enough of its models are for a quorum.
 *
 * @throws NotFoundError for a version that is not published.
 */
export async function modelReady(
  service: Service,
  served: ServedModel | ServedWorkflow,
  call: Call,
): Promise<HttpAnswer> {
  const { name } = served;
  const error =
    served.kind === 'model'
      ? await reasonOf(() => loadModel(service, served, call))
      : await workflowNotReady(service, served, call);
  return error === undefined
    ? jsonAnswer(200, { name, ready: true })
    : jsonAnswer(503, { name, ready: false, error });
}

async function workflowNotReady(
  service: Service,
  { name, models, quorum }: ServedWorkflow,
  call: Call,
): Promise<string | undefined> {
  checkWorkflowVersion(name, call.version);
  const anyVersion = { ...call, version: undefined };
  const reasons = await Promise.all(
    models.map((model) => reasonOf(() => loadModel(service, model, anyVersion))),
  );
  const failed = reasons.filter((reason) => reason !== undefined);
  const ready = models.length - failed.length;
  return ready >= quorum
    ? undefined
    : `${ready} of ${models.length} models are ready, ${quorum} needed: ${failed.join('; ')}`;
}

/** Whether a function's answer says that it is ready; half an answer does not. */
function saysReady(answer: string): boolean {
  try {
    return asRecord(JSON.parse(answer))['ready'] === true;
  } catch {
    return false;
  }
}

/** Resolves when the model has loaded its weights. */
async function loadModel(
  service: Service,
  model: ServedModel,
  { version, deadlineMs }: Call,
): Promise<undefined> {
  const payload = await invokeModel(service, model, version, '{"chorus":"ready"}', deadlineMs);
  if (!saysReady(Buffer.from(payload).toString())) {
    throw new InternalError(`${whatOf(model)} does not say whether it is ready`);
  }
}

/**
 * Returns the reason for which `check` found something not ready; it returns one or throws. A version that is not
 * there is no reason but an error.
 */
async function reasonOf(check: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof ProtocolError && !(error instanceof NotFoundError)) {
      return error.message;
    }
    throw error;
  }
}
