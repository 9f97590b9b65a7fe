import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FaultyS3, startFaultyS3, stubS3 } from '@chorus/emulator-s3/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelLoadError } from './errors.ts';
import { getObject } from './s3.ts';
import type { ObjectRequest } from './s3-object.ts';

const key = 'models/toy/v1/model.onnx';
let s3: FaultyS3;

beforeEach(async () => {
  s3 = await startFaultyS3();
  await s3.put(`weights/${key}`, Buffer.from('twelve bytes'));
  stubS3(s3);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await s3.close();
});

function get(changes: Partial<ObjectRequest> = {}): Promise<Buffer> {
  return getObject({ bucket: 'weights', key, retryUntil: Date.now() + 5_000, ...changes });
}

/** Returns the reason and message with which getting an object fails. */
async function failure(changes: Partial<ObjectRequest> = {}): Promise<ModelLoadError> {
  const thrown = await get(changes).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(ModelLoadError);
  return thrown as ModelLoadError;
}

describe('an object of S3', () => {
  it('is read whole with one signed request', async () => {
    expect((await get()).toString()).toBe('twelve bytes');
    expect(s3.requests).toEqual([`GET /weights/${key}`]);
    expect(s3.headers[0]).toMatchObject({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=LOCALTEST\/\d{8}\/us-east-1\/s3\/aws4_request, Signed/,
      ),
      'x-amz-date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
    });
  });

  it('is found under a name that needs escaping', async () => {
    await s3.put("weights/a b/(ü)+'*!", Buffer.from('odd'));
    expect((await get({ key: "a b/(ü)+'*!" })).toString()).toBe('odd');
  });

  it.each([
    ['answers 500', { status: 500 }],
    ['answers 503 SlowDown', { status: 503, code: 'SlowDown' }],
    ['answers 429', { status: 429 }],
    ['sends half of it', 'cut'],
    ['closes the connection', 'reset'],
  ] as const)('is asked for again when S3 %s', async (_name, trouble) => {
    s3.troubles.push(trouble, trouble);
    expect((await get()).toString()).toBe('twelve bytes');
    expect(s3.requests).toHaveLength(3);
  });

  it('is read once S3 is back', async () => {
    await s3.shut();
    const coming = get();
    await s3.open();
    expect((await coming).toString()).toBe('twelve bytes');
  });

  it('is given up when the time for retries is over', async () => {
    await s3.shut();
    const { reason, message, cause } = await failure({ retryUntil: Date.now() + 100 });
    expect(reason).toBe('unreachable');
    expect(message).toMatch(
      /^S3 did not give s3:\/\/weights\/models\/toy\/v1\/model.onnx in 2 attempts over 0\.\d s \(.*ECONNREFUSED.*\)/,
    );
    expect(cause).toMatchObject({ code: 'ECONNREFUSED' });
    await s3.open();
  });

  it('that does not exist is named, with what to do', async () => {
    const { reason, message } = await failure({ key: 'models/toy/v9/model.onnx' });
    expect(reason).toBe('missing-key');
    expect(message).toBe(
      's3://weights/models/toy/v9/model.onnx does not exist: push this version, or correct MODEL_KEY',
    );
    expect(s3.requests).toHaveLength(1);
  });

  it('in a bucket that does not exist names the bucket', async () => {
    const { reason, message } = await failure({ bucket: 'wrong' });
    expect(reason).toBe('missing-bucket');
    expect(message).toContain('the bucket wrong does not exist');
  });

  it('says when its request has left, and also when it could not', async () => {
    const onSent = vi.fn();
    await get({ onSent });
    expect(onSent).toHaveBeenCalled();
    await s3.shut();
    const onFailed = vi.fn();
    await failure({ onSent: onFailed, retryUntil: 0 });
    expect(onFailed).toHaveBeenCalled();
    await s3.open();
  });
});

describe('the AWS SDK takes over', () => {
  it('when S3 refuses, and its refusal is explained', async () => {
    const refusal = { status: 403, code: 'AccessDenied' };
    s3.troubles.push(refusal, refusal);
    const { reason, message } = await failure();
    expect(reason).toBe('access-denied');
    expect(message).toContain('allow this function s3:GetObject');
    expect(s3.requests).toHaveLength(2);
    expect(s3.headers[1]?.['user-agent']).toContain('aws-sdk-js');
  });

  it('when the answer is a redirect', async () => {
    s3.troubles.push({ status: 301, code: 'PermanentRedirect' });
    expect((await get()).toString()).toBe('twelve bytes');
    expect(s3.headers[1]?.['user-agent']).toContain('aws-sdk-js');
  });

  it('when credentials are not in the environment but at an address, as after a restore', async () => {
    const asked: (string | undefined)[] = [];
    const credentials = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.end(
        JSON.stringify({
          AccessKeyId: 'FROMTHECONTAINER',
          SecretAccessKey: 'secret',
          Token: 'token',
          Expiration: new Date(Date.now() + 3_600_000).toISOString(),
        }),
      );
    });
    await new Promise<void>((resolve) => credentials.listen(0, '127.0.0.1', resolve));
    const { port } = credentials.address() as AddressInfo;
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `http://127.0.0.1:${port}/v2/credentials`);
    vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN', 'restored');
    // Of the container's keys the emulator knows nothing.
    s3.troubles.push({ status: 200, body: 'twelve bytes' }, { status: 404, code: 'NoSuchBucket' });
    expect((await get()).toString()).toBe('twelve bytes');
    expect(asked).toEqual(['restored']);
    expect(s3.headers[0]?.authorization).toContain('Credential=FROMTHECONTAINER/');
    const { reason } = await failure({ bucket: 'wrong' });
    expect(reason).toBe('missing-bucket');
    await new Promise((resolve) => credentials.close(resolve));
  });
});
