import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGateway } from './gateway.ts';
import { serve } from './testing/fake-models.ts';
import {
  askHandler,
  type GatewayInTest,
  housesRequest,
  settings,
  startGateway,
} from './testing/gateway-in-test.ts';
import { modelNames, testService } from './testing/test-service.ts';

let gateway: GatewayInTest;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.close());

function infer(version?: string) {
  const path = `/v2/models/svr${version === undefined ? '' : `/versions/${version}`}/infer`;
  return gateway.ask({ method: 'POST', path, body: housesRequest() });
}

/** Status, and the version that answered. */
async function answered(version?: string): Promise<readonly unknown[]> {
  const told = await infer(version);
  return [told.status, told.json()['model_version']];
}

/** Returns the gateway's calls to AWS since the last time. */
function calls(): readonly string[] {
  return gateway.aws.calls.splice(0).map(({ what }) => what);
}

describe('without a version in the path', () => {
  it('the alias answers, and nothing else is asked', async () => {
    serve(gateway.aws, 'svr', '2', 'v2');
    expect(await answered()).toEqual([200, 'v1']);
    expect(calls()).toEqual(['invoke chorus-svr:live']);
  });
});

describe('a version in the path', () => {
  it('is answered by its own version of the function, live or not', async () => {
    serve(gateway.aws, 'svr', '2', 'v2');
    serve(gateway.aws, 'svr', 'live', 'v2');
    expect(await answered('v1')).toEqual([200, 'v1']);
    expect(await answered('v2')).toEqual([200, 'v2']);
  });

  it('is looked up once, over all pages of the list', async () => {
    for (const version of [2, 3, 4]) {
      serve(gateway.aws, 'svr', String(version), `v${version}`);
    }
    expect(await answered('v1')).toEqual([200, 'v1']);
    const page = 'versions chorus-svr';
    expect(calls()).toEqual([page, page, page, 'invoke chorus-svr:1']);
    await answered('v1');
    await answered('v4');
    expect(calls()).toEqual(['invoke chorus-svr:1', 'invoke chorus-svr:4']);
  });

  it('is answered by it during a canary too, whichever version the alias picks', async () => {
    serve(gateway.aws, 'svr', '2', 'v2');
    const live = gateway.aws.functions.get('chorus-svr:live');
    const canary = gateway.aws.functions.get('chorus-svr:2');
    if (live !== undefined && canary !== undefined) {
      live.invoke = canary.invoke;
    }
    expect(await answered()).toEqual([200, 'v2']);
    expect(await answered('v1')).toEqual([200, 'v1']);
  });

  it('is answered by the newest of the versions of the function that serve it', async () => {
    serve(gateway.aws, 'svr', '10', 'v1');
    serve(gateway.aws, 'svr', '9', 'v1');
    await infer('v1');
    expect(calls().at(-1)).toBe('invoke chorus-svr:10');
  });

  it('is looked up again when it was missing', async () => {
    await infer('v1');
    expect((await infer('v2')).status).toBe(404);
    serve(gateway.aws, 'svr', '2', 'v2');
    expect(await answered('v2')).toEqual([200, 'v2']);
  });

  it('is looked up again when Lambda does not know its version of the function any more', async () => {
    serve(gateway.aws, 'svr', '2', 'v1');
    await infer('v1');
    gateway.aws.functions.delete('chorus-svr:2');
    expect((await infer('v1')).status).toBe(503);
    expect(await answered('v1')).toEqual([200, 'v1']);
  });

  it('that is not published is 404 and told which are, and which is live', async () => {
    serve(gateway.aws, 'svr', '7', 'v10');
    serve(gateway.aws, 'svr', '8', 'v2');
    const told = await infer('v3');
    expect([told.status, told.json()]).toEqual([
      404,
      {
        error:
          'model "svr" has no published version "v3"; published: "v1", "v2", "v10"; live is "v1"',
      },
    ]);
  });

  it('is found beside versions of the function that name no weights', async () => {
    gateway.aws.functions.set('chorus-svr:2', {
      configuration: { State: 'Active' },
      invoke: () => ({ payload: {} }),
    });
    expect(await answered('v1')).toEqual([200, 'v1']);
  });

  it('gives a raw body the schema of that version', async () => {
    serve(gateway.aws, 'svr', '2', 'v2');
    const told = await gateway.ask({
      method: 'POST',
      path: '/v2/models/svr/versions/v2/infer',
      headers: { 'Inference-Header-Content-Length': '0' },
      body: Buffer.from(new Float64Array(13).fill(1).buffer),
    });
    expect(told.json()).toMatchObject({ model_version: 'v2' });
    expect(calls()).toContain('get chorus-models/models/svr/v2/manifest.json');
  });

  it('may be what is live when MODEL_FUNCTIONS names a function without alias', async () => {
    const live = gateway.aws.functions.get('chorus-svr:live');
    gateway.aws.functions.clear();
    gateway.aws.functions.set('chorus-svr', live ?? { configuration: {}, invoke: () => 'reset' });
    const modelFunctions = Object.fromEntries(modelNames.map((name) => [name, `chorus-${name}`]));
    const handler = createGateway({ ...settings, modelFunctions }, testService);
    const ask = (version: string) =>
      askHandler(handler, { path: `/v2/models/svr/versions/${version}` });
    expect((await ask('v1')).json()).toMatchObject({ versions: ['v1'] });
    expect((await ask('v2')).json()['error']).toContain('published: none; live is "v1"');
  });
});
