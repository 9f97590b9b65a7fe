import { deflateSync, gzipSync } from 'node:zlib';
import { encodeInferRequest, type InferRequest } from '@chorus/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from './testing/fake-aws.ts';
import { priceOf } from './testing/fake-models.ts';
import {
  type GatewayInTest,
  house,
  housesRequest,
  startGateway,
} from './testing/gateway-in-test.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

const path = '/v2/models/svr/infer';

function infer(body: unknown, headers: Record<string, string> = {}) {
  return gateway.ask({ method: 'POST', path, headers, body });
}

/** Makes the model's function answer the same to everything. */
function answerWith(reply: Reply): void {
  const svr = gateway.aws.functions.get('chorus-svr:live');
  if (svr !== undefined) {
    svr.invoke = () => reply;
  }
}

function fail(errorType: string, errorMessage: string): void {
  answerWith({ functionError: { errorType, errorMessage } });
}

describe('an inference by a model', () => {
  it('answers with the model, its version, the id and what the model says of itself', async () => {
    const told = await infer(housesRequest([house], { id: 'mine' }));
    expect(told.status).toBe(200);
    expect(told.headers).toMatchObject({
      'content-type': 'application/json',
      'x-request-id': 'gateway-7',
    });
    expect(told.json()).toEqual({
      model_name: 'svr',
      model_version: 'v1',
      id: 'mine',
      parameters: {
        chorus_cold_start: false,
        chorus_duration_ms: 0.25,
        chorus_cost_usd: expect.any(Number),
      },
      outputs: [{ name: 'price', datatype: 'FP64', shape: [1], data: [priceOf('svr', house)] }],
    });
  });

  it('gives a request without an id the id of the request', async () => {
    expect((await infer(housesRequest())).json()).toMatchObject({ id: 'gateway-7' });
    expect((await infer(housesRequest([house], { id: '' }))).json()).toMatchObject({
      id: 'gateway-7',
    });
  });

  it('reads header names in any case', async () => {
    const { body, headers } = encodeInferRequest(housesRequest() as unknown as InferRequest, {
      binary: true,
    });
    const upper = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
    );
    expect((await infer(body, upper)).status).toBe(200);
  });

  it('asks the model for the outputs that were asked for', async () => {
    const told = await infer(housesRequest([house], { outputs: [{ name: 'price' }] }));
    expect(told.json()).toMatchObject({ outputs: [{ name: 'price' }] });
    const unknown = await infer(housesRequest([house], { outputs: [{ name: 'prize' }] }));
    expect(unknown.status).toBe(400);
    expect(unknown.json()['error']).toContain('unknown: "prize"');
  });

  it('refuses the classification extension as unsupported', async () => {
    const outputs = [{ name: 'price', parameters: { classification: 3 } }];
    const told = await infer(housesRequest([house], { outputs }));
    expect([told.status, told.json()]).toEqual([
      501,
      { error: 'outputs[0].parameters.classification is not supported' },
    ]);
  });

  it('passes whole numbers past 2^53 and other parameters on to the model', async () => {
    const inputs = [{ name: 'n', datatype: 'INT64', shape: [1], data: [0] }];
    const text = JSON.stringify({ inputs, parameters: { customer: 'c-9' } });
    await infer(Buffer.from(text.replace('[0]', '[9223372036854775807]')));
    expect(gateway.aws.calls[0]?.body).toContain('[9223372036854775807]');
    expect(gateway.aws.calls[0]?.body).toContain('"customer":"c-9"');
  });
});

describe('binary tensors', () => {
  it('come in as bytes and go out as bytes when the request says so', async () => {
    const request = housesRequest([house, house], { parameters: { binary_data_output: true } });
    const { body, headers } = encodeInferRequest(request as unknown as InferRequest, {
      binary: true,
    });
    const told = await infer(body, headers);
    expect(told.isBase64Encoded).toBe(true);
    expect(told.headers['content-type']).toBe('application/octet-stream');
    const length = Number(told.headers['inference-header-content-length']);
    expect(told.body.length).toBe(length + 16);
    expect(told.body.readDoubleLE(length)).toBe(priceOf('svr', house));
    expect(JSON.parse(told.body.subarray(0, length).toString())).toMatchObject({
      outputs: [{ name: 'price', parameters: { binary_data_size: 16 } }],
    });
  });

  it('need no content type', async () => {
    const { body, headers } = encodeInferRequest(housesRequest() as unknown as InferRequest, {
      binary: true,
    });
    const { 'content-type': _, ...others } = headers;
    expect((await infer(body, others)).status).toBe(200);
  });

  it('may be the whole body when the header says 0, and the schema gives the shape', async () => {
    const raw = Buffer.from(Float64Array.from([...house, ...house]).buffer);
    const told = await infer(raw, { 'Inference-Header-Content-Length': '0' });
    expect(told.status).toBe(200);
    expect(told.json()).toMatchObject({ outputs: [{ shape: [2] }] });
    await infer(raw, { 'Inference-Header-Content-Length': '0' });
    const reads = gateway.aws.calls.filter(({ what }) => what.startsWith('configuration'));
    expect(reads).toHaveLength(1);
  });
});

describe('bodies', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['Identity', (body: Buffer) => body],
  ])('in %s are read', async (coding, pack) => {
    const body = pack(Buffer.from(JSON.stringify(housesRequest())));
    expect((await infer(body, { 'Content-Encoding': coding })).status).toBe(200);
  });

  it.each([
    ['text/csv', {}],
    ['application/x-www-form-urlencoded', {}],
    ['application/json', { 'content-encoding': 'br' }],
  ])('of another kind are refused: %s %o', async (type, headers) => {
    const told = await infer(housesRequest(), { 'content-type': type, ...headers });
    expect(told.status).toBe(415);
    expect(told.json()['error']).toMatch(/expected (application\/json|gzip)/);
  });

  it('that would inflate beyond 6 MB are refused', async () => {
    const told = await infer(gzipSync(Buffer.alloc(7_000_000)), { 'content-encoding': 'gzip' });
    expect(told.status).toBe(413);
  });

  it.each([
    ['not JSON', Buffer.from('{'), {}, 'not valid JSON'],
    ['not what Content-Encoding says', Buffer.from('{}'), { 'content-encoding': 'gzip' }, 'gzip'],
    ['cut short', gzipSync('{"a":1}').subarray(0, 12), { 'content-encoding': 'gzip' }, 'gzip'],
    ['with a wrong length', Buffer.from('{}'), { [lengthName()]: 'x' }, 'Inference-Header'],
    ['shorter than its JSON part', Buffer.from('{}'), { [lengthName()]: '9' }, 'has 2 bytes'],
    ['empty', undefined, {}, 'not valid JSON'],
  ])('that are %s are refused', async (_, body, headers, reason) => {
    const told = await infer(body, headers);
    expect(told.status).toBe(400);
    expect(told.json()['error']).toContain(reason);
  });
});

function lengthName(): string {
  return 'Inference-Header-Content-Length';
}

describe('wrong inputs', () => {
  const row = (index: number, value: unknown) => house.toSpliced(index, 1, value as number);

  it('are refused with the name of the column when only the text shows what is wrong', async () => {
    const told = await infer(housesRequest([row(5, null)]));
    expect([told.status, told.json()]).toEqual([
      400,
      {
        error:
          'inputs[0] "features", row 0, column "RM": expected a finite number within FP64, got null',
      },
    ]);
    expect(gateway.aws.calls.map(({ what }) => what)).not.toContain('invoke chorus-svr:live');
  });

  it('are refused all the same when the schema cannot be had', async () => {
    gateway.aws.objects.clear();
    const told = await infer(housesRequest([row(5, null)]));
    expect(told.status).toBe(400);
    expect(told.json()['error']).toContain('row 0, column 5');
  });

  it('that only the model can judge come back with the status and message of the model', async () => {
    const told = await infer(housesRequest([row(2, 101)]));
    expect(told.status).toBe(422);
    expect(told.json()['error']).toContain('row 0, column "INDUS": expected 0 to 100, got 101');
    const many = await infer(housesRequest(Array.from({ length: 1001 }, () => house)));
    expect(many.status).toBe(400);
    expect(many.json()['error']).toContain('1001 rows; at most 1000 per request');
  });
});

describe('deadlines', () => {
  const sentDeadline = () => {
    const call = gateway.aws.calls.find(({ what }) => what === 'invoke chorus-svr:live');
    return JSON.parse(call?.body ?? '{}').parameters.chorus_deadline_ms as number;
  };

  it('reach the model: 25 seconds when the caller names none', async () => {
    const before = Date.now();
    await infer(housesRequest([house], { parameters: { timeout: 0 } }));
    expect(sentDeadline()).toBeGreaterThanOrEqual(before + 25_000);
    expect(sentDeadline()).toBeLessThanOrEqual(Date.now() + 25_000);
  });

  it('reach the model in microseconds of the caller, and never beyond 25 seconds', async () => {
    const before = Date.now();
    await infer(housesRequest([house], { parameters: { timeout: 5_000_000 } }));
    expect(sentDeadline() - before).toBeLessThan(6_000);
    gateway.aws.calls.length = 0;
    await infer(housesRequest([house], { parameters: { timeout: 60_000_000 } }));
    expect(sentDeadline() - before).toBeLessThan(26_000);
  });

  it.each([-1, 'soon', true])('that are no time are refused: %j', async (timeout) => {
    const told = await infer(housesRequest([house], { parameters: { timeout } }));
    expect([told.status, told.json()]).toEqual([
      400,
      { error: 'parameters.timeout: expected a number of microseconds' },
    ]);
  });

  it('end the wait for a model that does not answer', async () => {
    answerWith('silence');
    const told = await infer(housesRequest([house], { parameters: { timeout: 50_000 } }));
    expect([told.status, told.json()]).toEqual([
      504,
      { error: 'the deadline passed before model "svr" answered' },
    ]);
  });

  it('end the wait before Lambda ends the gateway', async () => {
    answerWith('silence');
    const told = await gateway.ask({ method: 'POST', path, body: housesRequest(), lambdaMs: 550 });
    expect(told.status).toBe(504);
  });

  it('that have passed already reach nobody', async () => {
    const told = await gateway.ask({ method: 'POST', path, body: housesRequest(), lambdaMs: 400 });
    expect(told.status).toBe(504);
    expect(gateway.aws.calls).toEqual([]);
  });
});

describe('failures of a model', () => {
  it.each([
    ['ModelLoadError', 503, 'the checksum differs'],
    ['DeadlineExceededError', 504, 'the deadline passed before the model ran'],
    ['OutOfRangeError', 422, 'CRIM below 0'],
    ['InternalError', 500, 'the model svr failed on a valid input'],
  ])('keep the meaning of %s', async (name, status, message) => {
    fail(name, message);
    const told = await infer(housesRequest());
    expect([told.status, told.json()]).toEqual([status, { error: message }]);
  });

  it('of an unknown kind say nothing of how the service is built, except in the log', async () => {
    fail('TypeError', 'secret /var/task path');
    const told = await infer(housesRequest());
    expect([told.status, told.json()]).toEqual([
      500,
      { error: 'model "svr" failed; the request id names the failure in the logs' },
    ]);
    expect(told.headers['x-request-id']).toBe('gateway-7');
    expect(told.notes['reason']).toContain('TypeError: secret /var/task path');
    expect(told.notes).toMatchObject({ status: 500, error: 'InternalError' });
  });

  it.each([
    ['with its type', { errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out' }],
    ['without one', { errorMessage: '2026-01-01 x Task timed out after 6.00 seconds' }],
  ])('are 504 when Lambda stopped the function, %s', async (_, functionError) => {
    answerWith({ functionError });
    const told = await infer(housesRequest());
    expect([told.status, told.json()]).toEqual([
      504,
      { error: 'model "svr" did not answer in time' },
    ]);
  });

  it.each([
    ['TooManyRequestsException', 429, 429, 'is busy'],
    ['ServiceException', 500, 503, 'is unavailable'],
    ['ResourceNotFoundException', 404, 503, 'is unavailable'],
    ['AccessDeniedException', 403, 503, 'is unavailable'],
    ['RequestTooLargeException', 413, 413, 'send fewer rows'],
  ])('that AWS reports as %s are told in our words', async (refusal, status, expected, words) => {
    answerWith({ refusal, status });
    const told = await infer(housesRequest());
    expect(told.status).toBe(expected);
    expect(told.json()['error']).toContain(words);
    expect(told.body.toString()).not.toContain('internal names');
  });

  it('on the way are tried twice and then 503', async () => {
    answerWith('reset');
    const told = await infer(housesRequest());
    expect(told.status).toBe(503);
    expect(gateway.aws.calls).toHaveLength(2);
  });

  it('to answer in the protocol are ours, not the caller’s', async () => {
    answerWith({ payload: { hello: 'world' } });
    expect((await infer(housesRequest())).status).toBe(500);
    answerWith({ payload: 'not even JSON' });
    expect((await infer(housesRequest())).status).toBe(500);
  });
});

describe('the log', () => {
  it('gets no values of a wrong request', async () => {
    const told = await infer(housesRequest([house.toSpliced(2, 1, 123.456)]));
    expect(told.notes).toEqual({
      httpRequestId: 'gateway-7',
      status: 422,
      error: 'OutOfRangeError',
    });
  });
});
