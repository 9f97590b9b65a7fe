import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { signedFetch } from '@chorus/emulator-aws/testing';
import { createRegistry, type Manifest, manifestKey, modelKey } from '@chorus/registry';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { forceLive } from './live-version.ts';
import { house, post, type TestCloud } from './test-cloud.ts';

const bucket = 'chorus-models';
const forest = 'chorus-random-forest';
/**
 * Describes faults of weights and of S3, the same for functions in processes and in containers.
 *
 * @param open starts a cloud that serves
 * @param address where this machine is for the functions: servers of the tests listen there
 */
export function describeFaults(open: () => Promise<TestCloud>, address: () => string): void {
  let cloud: TestCloud;
  let client: S3Client;
  let manifest: Manifest;
  let weights: Uint8Array;

  beforeAll(async () => {
    cloud = await open();
    client = new S3Client({ endpoint: cloud.url, region, credentials: cloud.credentials });
    const registry = createRegistry({ client, bucket });
    manifest = await registry.fetchManifest('random-forest', 'v1');
    weights = await registry.fetchWeights(manifest);
  });
  afterAll(async () => {
    client.destroy();
    await cloud.remove();
  });
  beforeEach(() => serve({ MODEL_KEY: modelKey('random-forest', 'v1') }));

  /** Points the forest's function at other weights or another S3. */
  function serve(variables: Readonly<Record<string, string>>): Promise<void> {
    return forceLive(cloud, forest, { MODEL_BUCKET: bucket, ...variables });
  }

  /** Puts a version past the registry's checks. */
  async function put(version: string, described: Manifest, bytes: Uint8Array): Promise<void> {
    const files = [
      { Key: modelKey('random-forest', version), Body: bytes },
      {
        Key: manifestKey('random-forest', version),
        Body: JSON.stringify({ ...described, version }),
      },
    ];
    for (const file of files) await client.send(new PutObjectCommand({ Bucket: bucket, ...file }));
  }

  const flipped = (bytes: Uint8Array): Uint8Array =>
    bytes.map((byte, index) => (index === 1000 ? byte ^ 1 : byte));
  const sha256 = async (bytes: Uint8Array): Promise<string> =>
    Buffer.from(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex');

  async function predict() {
    return post(cloud, '/predict/house-price', house);
  }

  /** The others answer, the forest is left out with the message; with good weights it is back. */
  async function expectForestLeftOut(message: string | RegExp): Promise<void> {
    const { status, body } = await predict();
    expect(status).toBe(200);
    expect(Object.keys(body.predictions[0] ?? {})).toEqual([
      'linear-regression',
      'svr',
      'ensemble',
    ]);
    expect(Object.keys(body.models)).toEqual(['linear-regression', 'svr']);
    expect(body.failed['random-forest']?.error).toBe('ModelLoadError');
    expect(body.failed['random-forest']?.message).toMatch(message);

    await serve({ MODEL_KEY: modelKey('random-forest', 'v1') });
    expect((await predict()).body.failed).toEqual({});
  }

  describe('weights that cannot be served leave their model out, by name and cause', () => {
    it('when there are none', async () => {
      await serve({ MODEL_KEY: modelKey('random-forest', 'v9') });
      await expectForestLeftOut(/models\/random-forest\/v9/);
    });

    it('when the bucket does not exist', async () => {
      await serve({ MODEL_BUCKET: 'nowhere', MODEL_KEY: modelKey('random-forest', 'v1') });
      await expectForestLeftOut(/nowhere/);
    });

    it('when they are truncated', async () => {
      await put('v90', manifest, weights.subarray(0, weights.length / 2));
      await serve({ MODEL_KEY: modelKey('random-forest', 'v90') });
      await expectForestLeftOut(/bytes/);
    });

    it('when they fail their checksum', async () => {
      await put('v91', manifest, flipped(weights));
      await serve({ MODEL_KEY: modelKey('random-forest', 'v91') });
      await expectForestLeftOut(/SHA-256/);
    });

    it('when they are not ONNX', async () => {
      const bytes = new TextEncoder().encode('this is no model');
      const file = {
        name: 'model.onnx' as const,
        bytes: bytes.length,
        sha256: await sha256(bytes),
      };
      await put('v92', { ...manifest, file }, bytes);
      await serve({ MODEL_KEY: modelKey('random-forest', 'v92') });
      await expectForestLeftOut(/ONNX/);
    });

    it('when they are another model’s', async () => {
      await serve({ MODEL_KEY: modelKey('svr', 'v1') });
      await expectForestLeftOut(/svr/);
    });
  });

  /** An S3 that can be told to fail; else it hands everything on to the cloud's. */
  interface FlakyS3 {
    readonly server: Server;
    readonly url: string;
    failing: boolean;
    failures: number;
  }

  async function startFlakyS3(port = 0): Promise<FlakyS3> {
    const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
      if (flaky.failing) {
        flaky.failures += 1;
        response.writeHead(503).end();
        return;
      }
      // Signatures are of a host and its port, so what goes on is signed anew.
      const url = `${cloud.url}${request.url}`;
      signedFetch({ url, service: 's3', credentials: cloud.credentials }).then(
        async (answer) => {
          response.writeHead(answer.status);
          response.end(Buffer.from(await answer.arrayBuffer()));
        },
        () => response.destroy(),
      );
    });
    await new Promise<void>((resolve) => server.listen(port, address(), resolve));
    const url = `http://${address()}:${(server.address() as AddressInfo).port}`;
    const flaky: FlakyS3 = { server, url, failing: true, failures: 0 };
    return flaky;
  }

  describe('an S3 that fails', () => {
    it('at cold start leaves the model out; back again, it is used without a restart', async () => {
      const down = await startFlakyS3();
      down.server.close();
      await serve({ MODEL_KEY: modelKey('random-forest', 'v1'), AWS_ENDPOINT_URL: down.url });
      const { status, body } = await post(cloud, '/predict/house-price', {
        instances: [house],
        parameters: { timeout: 2_000_000 },
      });
      expect(status).toBe(200);
      expect(Object.keys(body.failed)).toEqual(['random-forest']);

      const back = await startFlakyS3(Number(new URL(down.url).port));
      back.failing = false;
      expect((await predict()).body.failed).toEqual({});
      back.server.close();
    });

    it('for a while is tried again within the request', async () => {
      const s3 = await startFlakyS3();
      await serve({ MODEL_KEY: modelKey('random-forest', 'v1'), AWS_ENDPOINT_URL: s3.url });
      const answer = predict();
      await expect.poll(() => s3.failures).toBeGreaterThan(1);
      s3.failing = false;
      expect((await answer).body.failed).toEqual({});
      s3.server.close();
    });
  });

  describe('a workflow without a quorum', () => {
    it('is a 503 that says what failed, and recovers', async () => {
      const names = ['linear-regression', 'random-forest', 'svr'];
      const configure = (version: string) =>
        Promise.all(
          names.map((name) =>
            forceLive(cloud, `chorus-${name}`, {
              MODEL_BUCKET: bucket,
              MODEL_KEY: modelKey(name, version),
            }),
          ),
        );
      await configure('v77');
      const { status, body } = await predict();
      expect(status).toBe(503);
      expect(body.error).toMatch(/^0 of 3 models answered, 1 needed: linear-regression: /);
      expect(Object.keys(body.failed)).toEqual(names);
      await configure('v1');
      expect((await predict()).status).toBe(200);
    });
  });
}
