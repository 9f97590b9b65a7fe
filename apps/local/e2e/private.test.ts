import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { physicalName } from '@chorus/blueprint';
import { type RawRequest, signedFetch, signHeaders } from '@chorus/emulator-aws/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { region } from '../src/index.ts';
import { moodyBlueprint, startTestCloud, type TestCloud } from './test-cloud.ts';

/** Attacks on the local cloud, from web pages, other programs and other users: each is refused, and nothing happens. */

let cloud: TestCloud;
let lambda: LambdaClient;
let s3: S3Client;
const name = physicalName('moody');
const [forPages, forPrograms] = [physicalName('pages'), physicalName('programs')];

beforeAll(async () => {
  cloud = await startTestCloud({
    ...moodyBlueprint({ kind: 'http' }),
    routes: [{ method: 'ANY', path: '/moody', function: 'moody' }],
    buckets: [
      { name: 'pages', purpose: 'uploads', browserUploads: true },
      { name: 'programs', purpose: 'weights' },
    ],
  });
  const client = { endpoint: cloud.url, region, credentials: cloud.credentials, maxAttempts: 1 };
  lambda = new LambdaClient(client);
  s3 = new S3Client({ ...client, forcePathStyle: true });
});
afterAll(async () => {
  lambda.destroy();
  s3.destroy();
  await cloud.remove();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** Sends a request with any Host header, which fetch does not allow. */
async function send(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
  body = '',
): Promise<Answer> {
  const { port } = new URL(cloud.url);
  const sent = request({ host: '127.0.0.1', port, path, method, headers });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  return { status: answer.statusCode, text: await text(answer), headers: answer.headers };
}

const configurationPath = `/2015-03-31/functions/${name}/configuration`;
const invocationPath = `/2015-03-31/functions/${name}/invocations`;

/** Returns a request of every service, signed as its owner would. */
function requests(): readonly RawRequest[] {
  const { url, credentials } = cloud;
  return [
    { url: `${url}/${forPrograms}`, service: 's3', credentials },
    { url: `${url}${configurationPath}`, service: 'lambda', credentials },
    { url: `${url}/`, service: 'states', credentials, method: 'POST', body: '{}' },
    { url: `${url}/`, service: 'sts', credentials, method: 'POST', body: '' },
  ];
}

const services = [0, 1, 2, 3];

/** The status of a route whose function was asked. */
const letIn = 200;

describe('a page whose name resolves to 127.0.0.1', () => {
  const port = () => new URL(cloud.url).port;
  const hosts = [
    () => 'evil.example',
    () => `evil.example:${port()}`,
    () => '127.0.0.1',
    () => '127.0.0.1:1',
    () => `127.0.0.1.evil.example:${port()}`,
    () => `localhost.evil.example:${port()}`,
    () => `evillocalhost:${port()}`,
    () => `127.0.0.2:${port()}`,
    () => `sync-evil.example:${port()}`,
    () => `localhost:${port()}@evil.example`,
    () => `[::2]:${port()}`,
  ];

  it.each(hosts)('is refused whatever it asks for (%#)', async (host) => {
    for (const path of ['/moody', '/v2', '/', `/${forPrograms}/k`, configurationPath, '/worker/x'])
      expect(await send(path, { host: host() })).toMatchObject({
        status: 403,
        text: expect.stringContaining('answers to 127.0.0.1, localhost'),
      });
  });

  it.each(services)('is refused with the owner’s signature too (service %i)', async (service) => {
    const signed = requests()[service];
    if (signed === undefined) throw new Error('no such service');
    const url = signed.url.replace('127.0.0.1', 'evil.example');
    const headers = await signHeaders({ ...signed, url });
    const { pathname } = new URL(url);
    expect((await send(pathname, headers, signed.method, String(signed.body ?? ''))).status).toBe(
      403,
    );
  });

  it('is refused by the authority of an absolute target, which stands for its host', async () => {
    const host = new URL(cloud.url).host;
    expect((await send(`http://evil.example:${port()}/moody`, { host })).status).toBe(403);
    expect((await send(`${cloud.url}/moody`, { host: 'evil.example' })).status).toBe(letIn);
  });

  it.each(['127.0.0.1', 'localhost', 'LocalHost', '[::1]', 'a.b.localhost', 'sync-127.0.0.1'])(
    'is none that has the name %s',
    async (allowed) => {
      expect((await send('/moody', { host: `${allowed}:${port()}` })).status).toBe(letIn);
    },
  );
});

it('a request without a host is refused', async () => {
  const socket = connect(Number(new URL(cloud.url).port), '127.0.0.1');
  socket.write('GET /moody HTTP/1.0\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
});

describe('a page of another origin', () => {
  const foreign = [
    'https://evil.example',
    'http://evil.example',
    'http://localhost:1',
    'http://127.0.0.1',
    'null',
    '',
  ];

  it.each(foreign)('(%j) is refused on every route and service', async (origin) => {
    for (const method of ['GET', 'POST', 'OPTIONS'])
      for (const path of ['/moody', '/v2/models', configurationPath, `/${forPrograms}?delete`]) {
        const answer = await send(path, { host: new URL(cloud.url).host, origin }, method);
        expect(answer.status).toBe(403);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
      }
  });

  it.each(['cross-site', 'same-site'])('is refused without Origin too (%s)', async (site) => {
    const { host } = new URL(cloud.url);
    const image = { host, 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors' };
    expect((await send('/moody', image)).status).toBe(403);
    const form = { host, 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate' };
    expect((await send('/moody', form, 'POST', 'a=b')).status).toBe(403);
    expect((await send('/moody', form)).status).toBe(letIn);
  });

  it('is not one that the cloud itself serves', async () => {
    const { host } = new URL(cloud.url);
    for (const origin of [cloud.url, cloud.url.replace('127.0.0.1', 'localhost')])
      expect((await send('/moody', { host, origin }, 'POST')).status).toBe(letIn);
  });

  it('uploads by a presigned URL into buckets that allow it, and nowhere else', async () => {
    const origin = 'https://shop.example';
    for (const [bucket, status] of [
      [forPages, 200],
      [forPrograms, 403],
    ] as const) {
      const put = new PutObjectCommand({ Bucket: bucket, Key: 'photo' });
      const url = await getSignedUrl(s3, put, { expiresIn: 60 });
      const asked = { origin, 'access-control-request-method': 'PUT' };
      expect((await fetch(url, { method: 'OPTIONS', headers: asked })).status).toBe(status);
      const sent = await fetch(url, { method: 'PUT', body: 'x', headers: { origin } });
      expect(sent.status).toBe(status);
      expect((await fetch(url, { method: 'GET', headers: { origin } })).status).toBe(403);
    }
  });

  it('gets nothing by a URL that it has signed itself', async () => {
    const guessed = { accessKeyId: 'local', secretAccessKey: 'local' };
    const page = new S3Client({ endpoint: cloud.url, region, credentials: guessed });
    const put = new PutObjectCommand({ Bucket: forPages, Key: 'photo' });
    const url = await getSignedUrl(page, put, { expiresIn: 60 });
    const headers = { origin: 'https://evil.example' };
    expect((await fetch(url, { method: 'PUT', body: 'x', headers })).status).toBe(403);
    page.destroy();
  });
});

describe('a program without the folder’s credentials', () => {
  it.each(services)('is refused, and told where they are (service %i)', async (service) => {
    const signed = requests()[service];
    if (signed === undefined) throw new Error('no such service');
    for (const credentials of [
      { accessKeyId: 'local', secretAccessKey: 'local' },
      { ...cloud.credentials, secretAccessKey: 'guessed' },
    ]) {
      const answer = await signedFetch({ ...signed, credentials });
      expect(answer.status).toBe(403);
      expect(await answer.text()).toContain('npx -y pnpm@12 chorus env');
    }
  });

  it.each([
    ['another method', { method: 'DELETE' }],
    ['another body', { body: '{"a":1}' }],
    ['another path', { path: invocationPath }],
    ['another query', { query: '?Qualifier=1' }],
    ['another service', { service: 's3' }],
    ['another day', { header: ['/20', '/19'] }],
    ['another region', { header: ['us-east-1', 'eu-west-1'] }],
    ['fewer signed headers', { header: ['x-amz-date', 'x-amz-data'] }],
    ['a shorter signature', { header: [/.$/, ''] }],
    ['another signature', { header: [/.$/, 'g'] }],
    ['a header more', { more: { 'x-amz-meta-more': '1' } }],
    ['a session token', { more: { 'x-amz-security-token': 'x' } }],
  ] as const)('cannot change a signed request into one with %s', async (_, change) => {
    const signed: RawRequest = {
      url: `${cloud.url}${configurationPath}`,
      service: 'lambda',
      credentials: cloud.credentials,
      method: 'PUT',
      body: '{"Description":"as its owner wrote it"}',
    };
    const headers = await signHeaders(signed);
    const { host: _host, ...sent } = headers;
    const changed: Record<string, string> = { ...sent, ...('more' in change && change.more) };
    if ('header' in change)
      changed['authorization'] = (changed['authorization'] ?? '').replace(
        change.header[0],
        change.header[1],
      );
    if ('service' in change)
      changed['authorization'] = (changed['authorization'] ?? '').replace('/lambda/', '/s3/');
    const path = 'path' in change ? change.path : configurationPath;
    const answer = await fetch(`${cloud.url}${path}${'query' in change ? change.query : ''}`, {
      method: 'method' in change ? change.method : 'PUT',
      headers: changed,
      body: 'body' in change ? change.body : (signed.body ?? ''),
    });
    expect([400, 403]).toContain(answer.status);
    const command = new GetFunctionConfigurationCommand({ FunctionName: name });
    expect((await lambda.send(command)).Description).not.toBe('as its owner wrote it');
  });

  it('cannot send a signed request again after a quarter of an hour', async () => {
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    for (const signed of requests().slice(0, 2)) {
      for (const date of [minutes(-16), minutes(16)])
        expect((await signedFetch({ ...signed, date })).status).toBe(403);
      for (const date of [minutes(-14), minutes(14)])
        expect((await signedFetch({ ...signed, date })).status).toBe(200);
    }
  });

  it('cannot take the part of a worker by a guess', async () => {
    const invoked = await signedFetch({
      url: `${cloud.url}${invocationPath}`,
      service: 'lambda',
      credentials: cloud.credentials,
      method: 'POST',
      body: '{"do":"environment"}',
    });
    expect(invoked.status).toBe(200);
    const { host } = new URL(cloud.url);
    for (const guess of [
      '1',
      name,
      randomUUID(),
      randomBytes(32).toString('base64url'),
      '%2e%2e',
    ]) {
      const next = await send(`/worker/${guess}/2018-06-01/runtime/invocation/next`, { host });
      expect(next.status).toBe(403);
    }
  });
});

describe('configuration', () => {
  it.each([
    'NODE_OPTIONS',
    'node_options',
    'NODE_PATH',
    'LD_PRELOAD',
    'LD_LIBRARY_PATH',
    'DYLD_INSERT_LIBRARIES',
    'PATH',
    'BASH_ENV',
    'OPENSSL_CONF',
    'AWS_LAMBDA_RUNTIME_API',
    'AWS_ACCESS_KEY_ID',
    '_HANDLER',
  ])('cannot set %s, by which a process loads other code', async (variable) => {
    const answer = await signedFetch({
      url: `${cloud.url}${configurationPath}`,
      service: 'lambda',
      credentials: cloud.credentials,
      method: 'PUT',
      body: JSON.stringify({ Environment: { Variables: { [variable]: '--import=data:,' } } }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(variable);
  });
});

describe('another user of this machine', () => {
  it('can read neither the folder nor its credentials', async () => {
    const mode = async (file: string) => (await stat(file)).mode & 0o777;
    expect(await mode(cloud.directory)).toBe(0o700);
    expect(await mode(join(cloud.directory, 'credentials.json'))).toBe(0o600);
  });
});

it('a request that is none ends its connection, and no other', async () => {
  const { port } = new URL(cloud.url);
  for (const bytes of ['*1\r\n$4\r\nPING\r\n', '\0\0\0\x08\x04\xd2\x16/', 'GET\r\n\r\n']) {
    const socket = connect(Number(port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(bytes);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /);
  }
  expect((await fetch(`${cloud.url}/moody`)).status).toBe(letIn);
});
