import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { StageSpec } from '@chorus/blueprint';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { signedFetch } from './aws/signed-fetch.ts';
import { removeAssemblies } from './testing/fake-assembly.ts';
import { fakeAws } from './testing/fake-aws.ts';
import { releaseOf } from './testing/release-of.ts';
import { smallRepository } from './testing/small-service.ts';

let repository: ReturnType<typeof smallRepository>;
beforeAll(() => {
  repository = smallRepository();
});
afterAll(() => repository.remove());
afterEach(removeAssemblies);

/** Releases a stage with this access, whose API answers with this status. @returns the requests it was sent */
async function asked(access: StageSpec['access'], status = 200) {
  const aws = fakeAws();
  const requests: {
    readonly path: string;
    readonly key: string | null;
    readonly isSigned: boolean;
  }[] = [];
  const tools = {
    ...aws.tools,
    async fetch(request: Request, isSigned: boolean) {
      const { pathname } = new URL(request.url);
      requests.push({ path: pathname, key: request.headers.get('x-api-key'), isSigned });
      return Response.json({ ready: true, predictions: [1] }, { status });
    },
  };
  const releasing = releaseOf({
    aws: { ...aws, tools },
    root: repository.root,
    commit: 'a',
    spec: { access },
  });
  return { releasing, requests };
}

describe('the API that was deployed', () => {
  it.each([
    ['api-key', { key: 'secret', isSigned: false }],
    ['open', { key: null, isSigned: false }],
    ['iam', { key: null, isSigned: true }],
  ] as const)('with access %s is asked as a caller would', async (access, expected) => {
    const { releasing, requests } = await asked(access);
    await releasing;
    expect(requests).toEqual([
      { path: '/live/v2/health/ready', ...expected },
      { path: '/live/predict/both', ...expected },
    ]);
  });

  it('with access jwt has to turn a caller without a token away', async () => {
    const { releasing, requests } = await asked('jwt', 401);
    await releasing;
    expect(requests).toEqual([{ path: '/live/v2/health/ready', key: null, isSigned: false }]);
    await expect((await asked('jwt', 200)).releasing).rejects.toThrow(
      '/v2/health/ready answered 200 to a caller without a token, not 401',
    );
  });
});

it('a signed request has the signature of its service, and the body that it had', async () => {
  const received: { authorization?: string | undefined; body: string }[] = [];
  const server = createServer(async (request, response) => {
    received.push({
      authorization: request.headers.authorization,
      body: (await buffer(request)).toString(),
    });
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { STSClient } = await import('@aws-sdk/client-sts');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  const client = new STSClient({ region: 'eu-west-1', credentials });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/live/predict/both`;
    const request = new Request(url, { method: 'POST', body: '{"a":1}' });
    expect((await signedFetch(request, client.config)).status).toBe(200);
    expect(received).toEqual([
      {
        authorization: expect.stringMatching(
          /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/execute-api\/aws4_request, /,
        ),
        body: '{"a":1}',
      },
    ]);
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
});
