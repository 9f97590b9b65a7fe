import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from './gateway.ts';
import type { Reply } from './testing/fake-aws.ts';
import { serve } from './testing/fake-models.ts';
import {
  askHandler,
  type GatewayInTest,
  settings,
  startGateway,
} from './testing/gateway-in-test.ts';
import { modelNames, testService, workflow } from './testing/test-service.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

function answerReady(model: string, reply: Reply, qualifier = 'live'): void {
  const found = gateway.aws.functions.get(`chorus-${model}:${qualifier}`);
  if (found !== undefined) {
    found.invoke = () => reply;
  }
}

const broken: Reply = {
  functionError: { errorType: 'ModelLoadError', errorMessage: 'the checksum differs' },
};

describe('the server', () => {
  it('is ready when every function is active, without running one', async () => {
    const told = await gateway.ask({ path: '/v2/health/ready' });
    expect([told.status, told.json()]).toEqual([200, { ready: true, live: true }]);
    expect(gateway.aws.calls.every(({ what }) => what.startsWith('configuration'))).toBe(true);
    expect(await gateway.client.serverReady()).toBe(true);
  });

  it('is not ready, and says why, while a function is pending or gone', async () => {
    const svr = gateway.aws.functions.get('chorus-svr:live');
    if (svr !== undefined) {
      svr.configuration = { ...svr.configuration, State: 'Pending' };
    }
    gateway.aws.functions.delete('chorus-random-forest:live');
    const told = await gateway.ask({ path: '/v2/health/ready' });
    expect([told.status, told.json()]).toEqual([
      503,
      {
        ready: false,
        live: true,
        error:
          'model "random-forest" is unavailable right now; try again later; model "svr": its function is Pending',
      },
    ]);
    expect(await gateway.client.serverLive()).toBe(true);
  });
});

describe('a model', () => {
  it('is ready when its function says so', async () => {
    const told = await gateway.ask({ path: '/v2/models/svr/ready' });
    expect([told.status, told.json()]).toEqual([200, { name: 'svr', ready: true }]);
    expect(gateway.aws.calls[0]?.body).toBe('{"chorus":"ready"}');
    expect((await gateway.ask({ path: '/v2/models/svr/versions/v1/ready' })).status).toBe(200);
  });

  it('is ready in another version when the function of that version says so', async () => {
    const path = '/v2/models/svr/versions/v2/ready';
    expect((await gateway.ask({ path })).status).toBe(404);
    serve(gateway.aws, 'svr', '2', 'v2');
    expect((await gateway.ask({ path })).json()).toEqual({ name: 'svr', ready: true });
    expect(gateway.aws.calls.at(-1)?.what).toBe('invoke chorus-svr:2');
    answerReady('svr', broken, '2');
    expect((await gateway.ask({ path })).status).toBe(503);
    expect(await gateway.client.modelReady('svr')).toBe(true);
  });

  it.each<[string, Reply, string]>([
    ['fails to load', broken, 'the checksum differs'],
    ['is throttled', { refusal: 'TooManyRequestsException', status: 429 }, 'model "svr" is busy'],
    ['answers nonsense', { payload: { ready: 'maybe' } }, 'does not say whether it is ready'],
    ['gives half an answer', { payload: '{"rea' }, 'does not say whether it is ready'],
  ])('is not ready while its function %s', async (_, reply, reason) => {
    answerReady('svr', reply);
    const told = await gateway.ask({ path: '/v2/models/svr/ready' });
    expect(told.status).toBe(503);
    expect(told.json()).toMatchObject({ name: 'svr', ready: false });
    expect(told.json()['error']).toContain(reason);
    expect(await gateway.client.modelReady('svr')).toBe(false);
  });
});

describe('a workflow', () => {
  const path = '/v2/models/house-price/ready';

  it('is ready when all its models are', async () => {
    expect((await gateway.ask({ path })).json()).toEqual({ name: 'house-price', ready: true });
    expect(gateway.aws.calls.map(({ what }) => what).toSorted()).toEqual(
      modelNames.map((name) => `invoke chorus-${name}:live`),
    );
  });

  it.each([
    [3, 503],
    [2, 200],
  ])('with one model of three broken and a quorum of %s answers %i', async (quorum, status) => {
    answerReady('svr', broken);
    const { functions } = testService;
    const handler = createGateway(settings, { functions, workflows: [{ ...workflow, quorum }] });
    const told = await askHandler(handler, { path });
    expect(told.status).toBe(status);
    if (status === 503) {
      expect(told.json()['error']).toBe('2 of 3 models are ready, 3 needed: the checksum differs');
    }
  });
});
