import { encodeInferRequest, type InferRequest } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { animalArn, execution } from './testing/fake-models.ts';
import { type GatewayInTest, photoSettings, startGateway } from './testing/gateway-in-test.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway(photoSettings);
  answer(200, dog);
});

afterEach(() => gateway.close());

const served = { version: 'v1', durationMs: 80, coldStart: false, attempts: 1 };
const dog = {
  predictions: [{ label: 'dog', probability: 0.93, visual: 0.9, outOfRange: false, top: [] }],
  location: { lat: 52.5, lon: 13.4, source: 'exif', country: 'DE' },
  models: { 'image-classifier': served },
  failed: {},
};

function answer(statusCode: number, body: unknown): void {
  const output = JSON.stringify({ statusCode, body });
  gateway.aws.machines.set(animalArn, () => execution({ status: 'SUCCEEDED', output }));
}

function request(data: string, parameters?: object, more: object = {}) {
  const input = { name: 'image', datatype: 'BYTES', shape: [1], parameters, data: [data] };
  return { inputs: [input], ...more };
}

function infer(body: unknown, headers: Record<string, string> = {}) {
  return gateway.ask({ method: 'POST', path: '/v2/models/animal/infer', headers, body });
}

const calls = () => gateway.aws.calls.map(({ what }) => what);

/** Returns the input of the execution that was started. */
function started(): Record<string, unknown> {
  const call = gateway.aws.calls.find(({ what }) => what.startsWith('start'));
  return JSON.parse(JSON.parse(call?.body ?? '{}').input);
}

const base64 = { content_type: 'base64' };
const small = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);

describe('an inference about a photo', () => {
  it('answers with the label, how probable it is, and the place', async () => {
    const told = await infer(request(small.toString('base64'), base64));
    expect(told.status).toBe(200);
    expect(told.json()).toMatchObject({
      model_name: 'animal',
      parameters: {
        chorus_image_classifier_version: 'v1',
        chorus_country: 'DE',
        chorus_lat: 52.5,
        chorus_lon: 13.4,
        chorus_out_of_range: false,
        chorus_cost_usd: expect.any(Number),
      },
      outputs: [
        { name: 'label', datatype: 'BYTES', shape: [1], data: ['dog'] },
        { name: 'probability', datatype: 'FP64', shape: [1], data: [0.93] },
        { name: 'visual', datatype: 'FP64', shape: [1], data: [0.9] },
      ],
    });
  });

  it('has an empty label when nothing was found, and says what could not be asked', async () => {
    const failed = { features: { error: 'FeaturesUnavailableError', message: 'away' } };
    const prediction = { label: null, probability: null, visual: null, outOfRange: false };
    answer(200, { ...dog, predictions: [prediction], location: null, failed });
    const { outputs, parameters } = (await infer(request('/9g=', base64))).json();
    expect(outputs).toMatchObject([{ data: [''] }, { data: [0] }, { data: [0] }]);
    expect(parameters).toMatchObject({ chorus_partial: true, chorus_failed: 'features' });
    expect(parameters).not.toHaveProperty('chorus_country');
  });

  it('has an empty label when it is another animal, and names that', async () => {
    const other = { name: 'lion', probability: 0.94 };
    const prediction = { label: null, probability: null, visual: null, outOfRange: false, other };
    answer(200, { ...dog, predictions: [prediction] });
    const { outputs, parameters } = (await infer(request('/9g=', base64))).json();
    expect(outputs).toMatchObject([{ data: [''] }, { data: [0] }, { data: [0] }]);
    expect(parameters).toMatchObject({ chorus_other: 'lion', chorus_other_probability: 0.94 });
  });

  it.each([true, false, 'yes'])('hands on that it is of a zoo: %j', async (zoo) => {
    await infer(request(small.toString('base64'), base64, { parameters: { zoo, lat: 1, lon: 2 } }));
    expect(started()).toMatchObject({ zoo, location: { lat: 1, lon: 2 } });
  });

  it.each([
    ['in base64', small.toString('base64'), base64, { image: small.toString('base64') }],
    ['by its key', 'uploads/a.jpg', { content_type: 'key' }, { key: 'uploads/a.jpg' }],
  ])('hands the photo on %s', async (_, data, parameters, photo) => {
    await infer(request(data, parameters, { parameters: { lat: 1.5, lon: -2 } }));
    expect(started()).toEqual({
      ...photo,
      location: { lat: 1.5, lon: -2 },
      parameters: { timeout: expect.any(Number) },
    });
    expect(calls()).toEqual([`start ${animalArn}`]);
  });

  it('takes the bytes as they are in a binary request', async () => {
    const wanted = request(small.toString('base64'), base64) as unknown as InferRequest;
    const { body, headers } = encodeInferRequest(wanted, { binary: true });
    expect(Buffer.from(body).includes(small)).toBe(true);
    expect((await infer(body, headers)).status).toBe(200);
    expect(started()).toMatchObject({ image: small.toString('base64') });
  });

  it.each([
    ['a data: URL', (text: string) => `data:image/jpeg;base64,${text}`],
    ['in lines', (text: string) => `${text.slice(0, 4)}\r\n${text.slice(4)}\n`],
    ['not padded', (text: string) => text.replace(/=+$/, '')],
  ])('hands base64 on in its plain form: %s', async (_form, write) => {
    await infer(request(write(small.toString('base64')), base64));
    expect(started()).toMatchObject({ image: small.toString('base64') });
  });

  it.each(['<svg xmlns="x"/>', 'GIF89a\u0001', ''])(
    'hands on bytes that are text, which are no photo: %j',
    async (text) => {
      const wanted = request(text) as unknown as InferRequest;
      const { body, headers } = encodeInferRequest(wanted, { binary: true });
      await infer(body, headers);
      expect(started()).toMatchObject({ image: Buffer.from(text).toString('base64') });
    },
  );

  it('puts a photo that is too large for a state machine into the uploads bucket', async () => {
    await infer(request(Buffer.alloc(180_000, 7).toString('base64'), base64));
    expect(calls()).toEqual([`start ${animalArn}`]);
    gateway.aws.calls.length = 0;

    await infer(request(Buffer.alloc(180_001, 7).toString('base64'), base64));
    const { key, ...others } = started();
    expect(key).toMatch(/^uploads\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}$/);
    expect(others).toEqual({ parameters: { timeout: expect.any(Number) } });
    expect(calls()).toEqual([`put chorus-uploads/${key}`, `start ${animalArn}`]);
  });

  it('refuses what is neither bytes nor a key', async () => {
    const told = await infer(request(small.toString('base64')));
    expect(told.status).toBe(400);
    expect(told.json()['error']).toContain('content_type "base64"');
    expect(calls()).toEqual([]);
  });

  it.each([400, 404, 413, 415, 422])(
    'hands on what the workflow refuses with %i',
    async (status) => {
      answer(status, { error: 'this is no photo' });
      const told = await infer(request('/9g=', base64));
      expect([told.status, told.json()]).toEqual([status, { error: 'this is no photo' }]);
    },
  );

  it('does not take something else for a prediction', async () => {
    answer(200, { ...dog, predictions: [{ label: 7 }] });
    expect((await infer(request('/9g=', base64))).status).toBe(500);
  });
});
