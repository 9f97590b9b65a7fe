import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayInTest, startGateway } from './testing/gateway-in-test.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

describe('routes', () => {
  it.each([
    ['/v2', { name: 'chorus', version: '1.0.0' }],
    ['/v2/', { name: 'chorus' }],
    ['/v2/health/live', { live: true }],
    ['/v2/models', { models: ['house-price', 'linear-regression', 'random-forest', 'svr'] }],
  ])('%s answers without asking AWS', async (path, expected) => {
    const told = await gateway.ask({ path });
    expect(told.status).toBe(200);
    expect(told.json()).toMatchObject(expected);
    expect(gateway.aws.calls).toEqual([]);
  });

  it.each([
    '/v2',
    '/v2/',
    '/v2/health/live',
    '/v2/health/ready',
    '/v2/models',
    '/v2/models/svr',
    '/v2/models/svr/ready',
  ])('HEAD %s is answered as GET is', async (path) => {
    const got = await gateway.ask({ path });
    const head = await gateway.ask({ method: 'HEAD', path });
    expect(got.status).toBe(200);
    expect([head.status, head.headers['content-type']]).toEqual([200, 'application/json']);
  });

  it.each([
    '/',
    '/v1/models',
    '/v2x',
    '/v2/health',
    '/v2/models/svr/nothing',
    '/v2/models/svr/versions',
    '/v2/models/svr/versions/v1/x/infer',
  ])('%s is an unknown path', async (path) => {
    const told = await gateway.ask({ path });
    expect(told.status).toBe(404);
    expect(told.json()['error']).toContain('no such path');
  });

  it.each([
    ['/v2/models/tree', 'GET'],
    ['/v2/models/tree/ready', 'GET'],
    ['/v2/models/tree/infer', 'POST'],
    ['/v2/models/constructor', 'GET'],
    ['/v2/models/%zz', 'GET'],
  ])('%s names an unknown model and is told the known ones', async (path, method) => {
    const told = await gateway.ask({ path, method });
    expect(told.status).toBe(404);
    expect(told.json()['error']).toContain('this server has house-price, linear-regression');
  });

  it.each([
    ['POST', '/v2', 'GET, HEAD'],
    ['DELETE', '/v2/models/svr', 'GET, HEAD'],
    ['HEAD', '/v2/models/svr/infer', 'POST'],
    ['GET', '/v2/models/svr/infer', 'POST'],
    ['PUT', '/v2/models/svr/versions/v1/infer', 'POST'],
    ['GET', '/v2/repository/index', 'POST'],
  ])('%s %s is the wrong method, %s the right one', async (method, path, allow) => {
    const told = await gateway.ask({ method, path });
    expect(told.status).toBe(405);
    expect(told.headers['allow']).toBe(allow);
    expect(told.json()).toEqual({ error: `${path} takes ${allow}, not ${method}` });
  });

  it.each([
    ['GET', '/v2/models/stats', 'statistics'],
    ['GET', '/v2/models/svr/stats', 'statistics'],
    ['GET', '/v2/models/svr/versions/v1/stats', 'statistics'],
    ['GET', '/v2/models/svr/config', 'model configuration'],
    ['POST', '/v2/repository/models/svr/load', 'loading and unloading'],
    ['POST', '/v2/repository/models/svr/unload', 'loading and unloading'],
    ['GET', '/v2/trace/setting', 'trace settings'],
    ['POST', '/v2/models/svr/trace/setting', 'trace settings'],
    ['GET', '/v2/logging', 'log settings'],
    ['POST', '/v2/models/svr/generate', 'generation'],
    ['GET', '/v2/systemsharedmemory/status', 'shared memory'],
    ['POST', '/v2/cudasharedmemory/region/a/register', 'shared memory'],
  ])('%s %s is of Triton and not supported', async (method, path, feature) => {
    const told = await gateway.ask({ method, path });
    expect(told.status).toBe(501);
    expect(told.json()['error']).toContain(`${feature}`);
  });

  it('an encoded name is the name', async () => {
    expect((await gateway.ask({ path: '/v2/models/house%2Dprice' })).status).toBe(200);
  });

  it('an event that is no HTTP request is the caller’s mistake', async () => {
    const context = { requestId: 'r', deadlineMs: Date.now() + 9_000, functionArn: '', notes: {} };
    expect(await gateway.handler({ hello: 1 }, context)).toMatchObject({
      statusCode: 400,
      isBase64Encoded: false,
    });
    expect(await gateway.handler(null, context)).toMatchObject({ statusCode: 400 });
  });
});
