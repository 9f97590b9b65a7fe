import { deflateSync, gzipSync } from 'node:zlib';
import { damaged, mutated, oddTexts } from './bad-json.ts';
import { badPhoto } from './bad-photos.ts';
import { type BadRequest, type Headers, httpBytes } from './http-bytes.ts';
import type { Random } from './random.ts';
import { binaryOf, type Targets, type WorkflowTarget } from './targets.ts';

type Make = (targets: Targets, random: Random) => Omit<BadRequest, 'to'>;

const json = { 'content-type': 'application/json' };

function post(
  { host }: Targets,
  what: string,
  path: string,
  body: string | Buffer,
  headers: Headers = json,
): Omit<BadRequest, 'to'> {
  return {
    what: `${what} to ${path}`,
    bytes: httpBytes(host, { method: 'POST', path, headers, body }),
  };
}

/** Returns a right body for a path, as near as can be. */
function rightBody({ workflows }: Targets, path: string, random: Random): string {
  const workflow = workflows.find((each) => each.path === path) ?? random.pick(workflows);
  return JSON.stringify(path.startsWith('/v2') ? workflow.infer : workflow.body);
}

const oddText: Make = (targets, random) => {
  const path = random.pick(targets.jsonPaths);
  const texts = oddTexts(rightBody(targets, path, random));
  const at = random.whole(texts.length);
  return post(targets, `odd text ${at}`, path, texts[at] ?? '');
};

const oddMember: Make = (targets, random) => {
  const path = random.pick(targets.jsonPaths);
  const body = mutated(JSON.parse(rightBody(targets, path, random)), random);
  return post(targets, 'one thing changed', path, JSON.stringify(body) ?? 'null');
};

const damagedText: Make = (targets, random) => {
  const path = random.pick(targets.jsonPaths);
  return post(
    targets,
    'damaged text',
    path,
    damaged(Buffer.from(rightBody(targets, path, random)), random),
  );
};

const batch: Make = (targets, random) => {
  const { path, body } = random.pick(targets.workflows);
  const rows = random.pick([0, 2, 300, 1_000, 1_001, 2_000]);
  const instances = Array.from({ length: rows }, () => body);
  const at = random.whole(rows);
  const wrong = rows === 0 ? [] : instances.with(at, mutated(body, random) as typeof body);
  return post(targets, `${rows} rows with a wrong one`, path, JSON.stringify({ instances: wrong }));
};

/** Makes a value once, when it is first asked for: 30 kB that become 30 MB. */
const once = (make: () => Buffer): (() => Buffer) => {
  let made: Buffer | undefined;
  return () => (made ??= make());
};
const gzipBomb = once(() => gzipSync(Buffer.alloc(30_000_000)));
const deflateBomb = once(() => deflateSync(Buffer.alloc(30_000_000)));

const oddHeaders: Make = (targets, random) => {
  const path = random.pick(targets.jsonPaths);
  const right = rightBody(targets, path, random);
  const zipped = gzipSync(right);
  const [what, headers, body] = random.pick<readonly [string, Headers, () => string | Buffer]>([
    ['no type', {}, () => right],
    ['text', { 'content-type': 'text/plain' }, () => right],
    ['a form', { 'content-type': 'multipart/form-data; boundary=x' }, () => `--x\r\n\r\n${right}`],
    ['an odd type', { 'content-type': ';;,"' }, () => right],
    ['an odd charset', { 'content-type': 'application/json; charset=utf-16' }, () => right],
    ['gzip', { ...json, 'content-encoding': 'gzip' }, () => zipped],
    ['no gzip', { ...json, 'content-encoding': 'gzip' }, () => right],
    ['gzip cut off', { ...json, 'content-encoding': 'gzip' }, () => zipped.subarray(0, 20)],
    ['damaged gzip', { ...json, 'content-encoding': 'gzip' }, () => damaged(zipped, random)],
    ['gzip of 30 MB', { ...json, 'content-encoding': 'gzip' }, gzipBomb],
    ['deflate of 30 MB', { ...json, 'content-encoding': 'deflate' }, deflateBomb],
    ['no deflate', { ...json, 'content-encoding': 'deflate' }, () => right],
    ['brotli', { ...json, 'content-encoding': 'br' }, () => right],
    ['gzip twice', { ...json, 'content-encoding': 'gzip, gzip' }, () => gzipSync(zipped)],
    [
      'chunks',
      { ...json, 'transfer-encoding': 'chunked' },
      () => `5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n`,
    ],
    ['an expectation', { ...json, expect: '100-continue' }, () => right],
    ['another expectation', { ...json, expect: 'a miracle' }, () => right],
    ['a range', { ...json, range: 'bytes=-1' }, () => right],
    [
      'an odd coding of the answer',
      { ...json, 'accept-encoding': 'gzip;q=x, *;q=-1' },
      () => right,
    ],
    ['a long header', { ...json, 'x-long': 'x'.repeat(12_000) }, () => right],
    ['5 MB', json, () => `{"a":"${'x'.repeat(5_000_000)}"}`],
  ]);
  return post(targets, what, path, body(), headers);
};

const binaryTensors: Make = (targets, random) => {
  const workflow = random.pick(targets.workflows);
  const path = `/v2/models/${random.pick([workflow.name, random.pick(targets.models)])}/infer`;
  const { headers, body } = binaryOf(workflow.infer);
  const name = 'inference-header-content-length';
  const length = Number(headers[name]);
  const odd = random.pick([
    '0',
    '-1',
    '1',
    'x',
    '',
    '1e3',
    '999999999',
    String(length - 1),
    String(length + 1),
  ]);
  const text = body.subarray(0, length).toString();
  const size = text.replace(
    /"binary_data_size":\d+/,
    `"binary_data_size":${random.pick(['0', '-1', '1e9', '"8"', 'null', '1.5', '9007199254740993'])}`,
  );
  const [what, changed, content] = random.pick<readonly [string, Headers, Buffer]>([
    ['an odd header length', { [name]: odd }, body],
    ['no header length', { [name]: '' }, body],
    ['bytes cut off', {}, body.subarray(0, length + random.whole(body.length - length))],
    ['bytes too many', {}, Buffer.concat([body, random.bytes(1 + random.whole(9))])],
    ['damaged bytes', {}, damaged(body, random)],
    [
      'an odd size',
      { [name]: String(size.length) },
      Buffer.concat([Buffer.from(size), body.subarray(length)]),
    ],
  ]);
  return post(targets, `binary tensors: ${what}`, path, content, { ...headers, ...changed });
};

/** The ways in which a photo can be in a request. */
const photoForms: readonly ((
  targets: Targets,
  workflow: WorkflowTarget,
  what: string,
  photo: Buffer,
  random: Random,
) => Omit<BadRequest, 'to'>)[] = [
  (targets, { path }, what, photo) =>
    post(targets, what, path, JSON.stringify({ image: photo.toString('base64') })),
  (targets, { path }, what, photo) =>
    post(
      targets,
      `${what} in a data: URL`,
      path,
      JSON.stringify({ image: `data:image/jpeg;base64,${photo.toString('base64')}` }),
    ),
  (targets, { path }, what, photo) =>
    post(targets, `${what} as text`, path, JSON.stringify({ image: photo.toString('latin1') })),
  (targets, { name, infer }, what, photo, random) => {
    const inputs = infer.inputs.map((input) => ({ ...input, data: [photo.toString('base64')] }));
    const path = `/v2/models/${random.pick([name, ...targets.models])}/infer`;
    return post(targets, `${what} in JSON`, path, JSON.stringify({ inputs }));
  },
  (targets, { name, infer }, what, photo, random) => {
    const inputs = infer.inputs.map((input) => ({ ...input, data: [photo.toString('base64')] }));
    const { headers, body } = binaryOf({ inputs });
    const path = `/v2/models/${random.pick([name, ...targets.models])}/infer`;
    return post(targets, `${what} in binary`, path, body, headers);
  },
  (targets, { path }, _what, _photo, random) => {
    const key = random.pick([
      '',
      '/',
      '..',
      'uploads/../models/x',
      'uploads/none.jpg',
      'uploads/%00',
      `uploads/${'x'.repeat(300)}`,
      'uploads/ü.jpg',
    ]);
    return post(targets, `the key ${key.slice(0, 30)}`, path, JSON.stringify({ key }));
  },
];

const photo: Make = (targets, random) => {
  const workflow = targets.workflows.find(({ takesPhoto }) => takesPhoto);
  if (workflow === undefined) return oddMember(targets, random);
  const right = Buffer.from(String(workflow.body['image']), 'base64');
  const [what, bytes] = badPhoto(right, random);
  return random.pick(photoForms)(targets, workflow, what, bytes, random);
};

const oddPaths = [
  '%',
  '%zz',
  '/%',
  '/%zz',
  '/%00',
  '/..',
  '/../../etc/passwd',
  '//',
  '//[',
  '//v2',
  '/v2/',
  '/v2//',
  '/v2/..',
  '/v2/%2e%2e/x',
  '/v2?',
  '/v2?a=%',
  '/v2?%zz=1&=&&',
  '/v2/models/',
  '/v2/models/%',
  '/v2/models/%zz/infer',
  '/v2/models//infer',
  '/v2/models/constructor/infer',
  '/v2/models/__proto__',
  '/v2/health',
  '/v2/health/ready/x',
  '/v2/repository/index/',
  '/v2/models/stats',
  '/predict',
  '/predict/',
  '/predict/none',
  '/uploads/',
  '/uploads/x',
  '*',
  'http://[',
  'http://',
  'x:y',
  '/\\',
  '/;',
  '/ü',
  `/${'a'.repeat(3_000)}`,
  `/v2/models/${'a'.repeat(3_000)}`,
  `/${'a'.repeat(20_000)}`,
  `/v2?${'a=1&'.repeat(2_000)}`,
  '/worker/x',
  '/worker/../v2',
  '/worker/%/2018-06-01/runtime/invocation/next',
  '/worker/0/2018-06-01/runtime/init/error',
];

const oddPath: Make = (targets, random) => {
  const { host, models, jsonPaths } = targets;
  const model = random.pick(models);
  const path = random.pick([
    ...oddPaths,
    ...jsonPaths,
    `/v2/models/${model}`,
    `/v2/models/${model}/ready`,
    `/v2/models/${model}/versions/${random.pick(['', 'v0', 'v1', '%', '__proto__', '../..', '1e9'])}/infer`,
    `http://${host}/v2`,
    `http://elsewhere/v2/models/${model}`,
  ]);
  const method = random.pick([
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PROPFIND',
    'FOO',
    'get',
  ]);
  return {
    what: `${method} ${path.slice(0, 60)}`,
    bytes: httpBytes(host, {
      method,
      path,
      ...(method === 'POST' && { body: '{}', headers: json }),
    }),
  };
};

/** Requests to the HTTP API: workflows, the Open Inference Protocol, uploads. */
export const toApi: readonly Make[] = [
  oddText,
  oddMember,
  damagedText,
  batch,
  oddHeaders,
  binaryTensors,
  photo,
  photo,
  oddPath,
  oddMember,
];
