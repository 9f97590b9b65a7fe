import { type InferResponse, InternalError, parseInferResponse } from '@chorus/protocol';
import * as ort from 'onnxruntime-node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ModelLoadError } from './errors.ts';
import type { InvocationContext } from './handler.ts';
import type { LoadedModel } from './loaded-model.ts';
import { createModelHandler } from './model-handler.ts';
import { encodeAnswer } from './runtime-api.ts';
import { type Serving, tensorServing } from './serving.ts';
import { manifestOf, toyRequest, toySchema, toyWeights } from './testing/toy-model.ts';

let toy: LoadedModel;

beforeAll(async () => {
  const session = await ort.InferenceSession.create(toyWeights);
  const manifest = manifestOf(toyWeights);
  toy = { ort, session, manifest, version: 'v1', stored: Promise.resolve() };
});

function contextOf(changes: Partial<InvocationContext> = {}): InvocationContext {
  return {
    requestId: 'r-1',
    deadlineMs: Date.now() + 30_000,
    functionArn: 'arn',
    notes: {},
    ...changes,
  };
}

const loadToy = async () => toy;

describe('a model handler', () => {
  it('is not cold in an environment that was initialised before there was an event', async () => {
    vi.stubEnv('AWS_LAMBDA_INITIALIZATION_TYPE', 'provisioned-concurrency');
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy });
    vi.unstubAllEnvs();
    expect(await handle(toyRequest, contextOf())).toMatchObject({
      parameters: { chorus_cold_start: false },
    });
  });

  it('answers an inference request', async () => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy });
    const context = contextOf();
    expect(await handle(toyRequest, context)).toEqual({
      model_name: 'toy',
      model_version: 'v1',
      id: 'a',
      parameters: { chorus_cold_start: true, chorus_duration_ms: expect.any(Number) },
      outputs: [{ name: 'price', datatype: 'FP64', shape: [1], data: [19] }],
    });
    expect(context.notes).toEqual({ cold: true, model_version: 'v1' });
  });

  it("logs the trace that the id of a question tells of, and none for an id of the caller's own", async () => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const told = async (id: string) => {
      const context = contextOf();
      await handle({ ...toyRequest, id }, context);
      return context.notes['traceId'];
    };
    expect(await told(`${traceId}-8e03978e-40d5-43dd-bc93-6894a57f9324`)).toBe(traceId);
    expect(await told('8e03978e-40d5-43dd-bc93-6894a57f9324')).toBe(
      '8e03978e40d543ddbc936894a57f9324',
    );
    expect(await told('mine')).toBeUndefined();
  });

  it('takes nested rows, and calls an answer by the invocation when the request has no id', async () => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy });
    const rows = [
      [6, 1],
      [0, 0],
      [1, 4],
    ];
    const input = { name: 'features', datatype: 'FP64', shape: [3, 2], data: rows };
    const answer = (await handle({ inputs: [input] }, contextOf())) as InferResponse;
    expect(answer.id).toBe('r-1');
    expect(answer.outputs[0]?.data).toEqual([19, 10, 0]);
  });

  it('counts what it answered into the bins of its reference, and a request that it refused', async () => {
    const reference = [
      { name: 'age', edges: [5], minimum: 0, maximum: 9, mean: 4, std: 1, shares: [0.5, 0.5] },
    ];
    const manifest = { ...toy.manifest, training: { metrics: {}, reference } };
    const loadModel = async () => ({ ...toy, manifest });
    const handle = createModelHandler({ schema: toySchema, loadModel, version: 'v1' });
    const counted = async (request: unknown) => {
      const context = contextOf();
      await handle(request, context).catch(() => {});
      return { ...context.notes, ...context.count?.() };
    };
    const rows = (data: readonly (number | null)[]) => ({
      inputs: [{ ...toyRequest.inputs[0], shape: [data.length / 2, 2], data }],
    });
    // Before anything is loaded, too.
    expect(await counted(rows([6, 900]))).toEqual({ model_version: 'v1', refused: 1 });
    expect(await counted(rows([6, 5, 6, 6, 6, 10]))).toMatchObject({ rows: 3, counts: '0,1x2,a|' });
    expect(await counted({ ...rows([6, 5]), outputs: [{ name: 'rent' }] })).toMatchObject({
      refused: 1,
    });
    expect(await counted({ chorus: 'ready' })).not.toHaveProperty('rows');
    const trial = { parameters: { chorus_trial: true } };
    expect(await counted({ ...rows([6, 5]), ...trial })).not.toHaveProperty('rows');
    expect(await counted({ ...rows([6, 900]), ...trial })).toEqual({});
    const late = { ...rows([6, 5]), parameters: { chorus_deadline_ms: 1 } };
    expect(await counted(late)).toEqual({});
  });

  it('is cold for its first answer only', async () => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy });
    const invalid = handle({ inputs: [] }, contextOf());
    await expect(invalid).rejects.toMatchObject({ name: 'InvalidRequestError' });
    for (const cold of [true, false, false]) {
      const { parameters } = (await handle(toyRequest, contextOf())) as InferResponse;
      expect(parameters?.['chorus_cold_start']).toBe(cold);
    }
  });

  it('loads the weights and says so when asked to be ready', async () => {
    const loadModel = vi.fn(loadToy);
    const handle = createModelHandler({ schema: toySchema, loadModel });
    expect(await handle({ chorus: 'ready' }, contextOf())).toEqual({
      ready: true,
      model_name: 'toy',
      model_version: 'v1',
      chorus_cold_start: true,
    });
    await handle(toyRequest, contextOf());
    expect(loadModel).toHaveBeenCalledTimes(1);
  });

  it('gives only the outputs that were asked for', async () => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy });
    const unknown = handle({ ...toyRequest, outputs: [{ name: 'rent' }] }, contextOf());
    await expect(unknown).rejects.toMatchObject({ name: 'InvalidRequestError' });
  });

  it.each([
    ['a wrong name', { ...toyRequest.inputs[0], name: 'rows' }, 'InvalidRequestError'],
    ['a missing value', { ...toyRequest.inputs[0], data: [6, null] }, 'InvalidRequestError'],
    ['a value out of range', { ...toyRequest.inputs[0], data: [6, 900] }, 'OutOfRangeError'],
  ])('refuses %s before it loads anything', async (_name, input, error) => {
    const loadModel = vi.fn(loadToy);
    const handle = createModelHandler({ schema: toySchema, loadModel });
    const answer = handle({ inputs: [input] }, contextOf());
    await expect(answer).rejects.toMatchObject({ name: error });
    expect(loadModel).not.toHaveBeenCalled();
  });

  it('fails with InternalError, cause kept, when the graph fails', async () => {
    const cause = new Error('non-zero status code');
    const session = { run: () => Promise.reject(cause) } as unknown as LoadedModel['session'];
    const loadModel = async () => ({ ...toy, session });
    const handle = createModelHandler({ schema: toySchema, loadModel });
    const answer = handle(toyRequest, contextOf());
    await expect(answer).rejects.toEqual(
      new InternalError('the model toy failed on a valid input', { cause }),
    );
  });
});

describe('a package’s own way through the graph', () => {
  it('takes the inputs as they were sent, and gives the outputs', async () => {
    const predict = vi.fn<Serving['predict']>(async () => [
      { name: 'price', datatype: 'FP64', shape: [1], data: [7] },
    ]);
    const serving = { ...tensorServing, predict };
    const handle = createModelHandler({ schema: toySchema, serving, loadModel: loadToy });
    const answer = (await handle(toyRequest, contextOf({ deadlineMs: 5e12 }))) as InferResponse;
    expect(answer.outputs[0]?.data).toEqual([7]);
    expect(predict).toHaveBeenCalledWith(toy, {
      schema: toySchema,
      inputs: toyRequest.inputs,
      deadlineMs: 5e12,
      checkDeadline: expect.any(Function),
    });
  });

  it('can see between two parts of a request that the deadline has come', async () => {
    let now = 1_000;
    const predict: Serving['predict'] = async (_model, { checkDeadline, deadlineMs }) => {
      checkDeadline();
      now = deadlineMs;
      checkDeadline();
      return [];
    };
    const serving = { ...tensorServing, predict };
    const clock = () => now;
    const handle = createModelHandler({ schema: toySchema, serving, loadModel: loadToy, clock });
    await expect(handle(toyRequest, contextOf())).rejects.toMatchObject({
      name: 'DeadlineExceededError',
      message: 'the deadline passed before all of the request was done',
    });
  });
});

describe('an answer that is too large as text', () => {
  const answerOf = async (length: number) => {
    const data = Array.from({ length }, (_, index) => Math.fround(1 / (index + 3)));
    const price = { name: 'price', datatype: 'FP32', shape: [length], data } as const;
    const predict: Serving['predict'] = async () => [price];
    const serving = { ...tensorServing, predict };
    const handle = createModelHandler({ schema: toySchema, serving, loadModel: loadToy });
    return { answer: await handle(toyRequest, contextOf()), price };
  };

  it('has its outputs as base64, and is the same to who reads it', async () => {
    const { answer, price } = await answerOf(3 * 416 * 416);
    const { byteLength } = encodeAnswer(answer);
    expect(byteLength).toBeLessThan(3_000_000);
    expect(parseInferResponse(answer).outputs).toEqual([price]);
  });

  it('is left as it is where it fits', async () => {
    const { answer, price } = await answerOf(260_000);
    expect(encodeAnswer(answer).byteLength).toBeGreaterThan(4_000_000);
    expect((answer as InferResponse).outputs).toEqual([price]);
  });
});

describe('the deadline of a request', () => {
  const clock = () => 1_000;
  const withDeadline = (chorus_deadline_ms: number | string) => ({
    ...toyRequest,
    parameters: { chorus_deadline_ms },
  });

  it.each([
    ['the caller’s', withDeadline(1_000), 9_000],
    ['Lambda’s', withDeadline(9_000), 1_000],
  ])('that is over (%s) refuses it', async (_name, request, deadlineMs) => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy, clock });
    const answer = handle(request, contextOf({ deadlineMs }));
    await expect(answer).rejects.toMatchObject({ name: 'DeadlineExceededError' });
  });

  it('that is no number is an invalid request', async () => {
    const handle = createModelHandler({ schema: toySchema, loadModel: loadToy, clock });
    const answer = handle(withDeadline('soon'), contextOf());
    await expect(answer).rejects.toMatchObject({ name: 'InvalidRequestError' });
  });

  it('bounds the wait for weights, which go on loading for the next one', async () => {
    const loading = Promise.withResolvers<LoadedModel>();
    const handle = createModelHandler({
      schema: toySchema,
      loadModel: () => loading.promise,
      clock,
    });
    const late = handle(withDeadline(1_020), contextOf());
    await expect(late).rejects.toMatchObject({
      name: 'DeadlineExceededError',
      message: 'the deadline passed while the weights were loading',
    });
    loading.resolve(toy);
    const { parameters } = (await handle(withDeadline(9_000), contextOf())) as InferResponse;
    expect(parameters?.['chorus_cold_start']).toBe(true);
  });

  it.each([
    ['ends before the caller’s deadline', 3_000, 2_800],
    ['ends after five seconds at most', 60_000, 6_000],
  ])('bounds the retries: loading %s', async (_name, deadline, retryUntil) => {
    const loadModel = vi.fn(loadToy);
    const handle = createModelHandler({ schema: toySchema, loadModel, clock });
    await handle(withDeadline(deadline), contextOf());
    expect(loadModel).toHaveBeenCalledWith(retryUntil);
  });
});

describe('weights that cannot be loaded', () => {
  it('fail the invocation, and the next one tries again', async () => {
    const loadModel = vi
      .fn(loadToy)
      .mockRejectedValueOnce(new ModelLoadError('unreachable', 'S3 is away'));
    const handle = createModelHandler({ schema: toySchema, loadModel });
    await expect(handle(toyRequest, contextOf())).rejects.toMatchObject({ name: 'ModelLoadError' });
    const { parameters } = (await handle(toyRequest, contextOf())) as InferResponse;
    expect(parameters?.['chorus_cold_start']).toBe(true);
  });
});
