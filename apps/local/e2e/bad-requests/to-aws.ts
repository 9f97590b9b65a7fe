import { damaged, mutated, oddTexts } from './bad-json.ts';
import { type BadRequest, type HttpParts, httpBytes } from './http-bytes.ts';
import type { Random } from './random.ts';
import { signedBytes } from './signed.ts';
import type { Targets } from './targets.ts';

type Make = (targets: Targets, random: Random, date: Date) => Omit<BadRequest, 'to'>;

/** Signed, or, one time in six, not. */
function ask(
  targets: Targets,
  random: Random,
  date: Date,
  service: 's3' | 'lambda' | 'states',
  parts: HttpParts,
): Omit<BadRequest, 'to'> {
  const signed = random.next() > 0.17;
  return {
    what: `${signed ? '' : 'unsigned '}${service}: ${parts.method} ${parts.path.slice(0, 80)}`,
    bytes: signed ? signedBytes(targets, service, date, parts) : httpBytes(targets.host, parts),
  };
}

/** Keys of nothing that anything else needs. */
const oddKeys = [
  '',
  'bad',
  'bad/',
  'bad//x',
  '..',
  '../x',
  '%',
  '%zz',
  '%00',
  'bad%2F..%2Fx',
  `bad${'x'.repeat(1_100)}`,
  'b%C3%BC',
  'bad/.bucket.json',
  '?',
  '#',
];
const s3Queries = [
  '',
  '?acl',
  '?uploads',
  '?uploadId=x',
  '?partNumber=0&uploadId=x',
  '?partNumber=x',
  '?versioning',
  '?tagging',
  '?policy',
  '?list-type=2&max-keys=-1',
  '?list-type=2&continuation-token=%',
  '?list-type=3',
  '?max-keys=x',
  '?encoding-type=x',
  '?select&select-type=2',
  '?location',
  '?X-Amz-Signature=x&X-Amz-Algorithm=AWS4-HMAC-SHA256',
  '?AWSAccessKeyId=x&Signature=x&Expires=1',
  '?versionId=x',
  '?=&&',
];
const s3Headers: readonly Readonly<Record<string, string>>[] = [
  {},
  { range: 'bytes=-1' },
  { range: 'bytes=9-1' },
  { range: 'x' },
  { 'if-match': '' },
  { 'if-none-match': '"' },
  { 'if-modified-since': 'x' },
  { 'x-amz-copy-source': '%' },
  { 'x-amz-copy-source': '/none/%zz' },
  { 'x-amz-checksum-crc32': 'x' },
  { 'x-amz-checksum-sha256': 'AAAA' },
  { 'content-md5': 'x' },
  { 'x-amz-decoded-content-length': '-1', 'content-encoding': 'aws-chunked' },
  { 'x-amz-trailer': 'x' },
  { 'x-amz-sdk-checksum-algorithm': 'MD4' },
  { 'x-amz-storage-class': 'x' },
  { 'x-amz-server-side-encryption': 'x' },
  { 'x-amz-meta-x': 'ü'.repeat(2_000) },
  { 'x-amz-acl': 'public-read' },
  { origin: 'null' },
  { 'x-amz-expected-bucket-owner': 'x' },
  { expect: '100-continue' },
];
const s3Bodies = [
  '',
  '<',
  '<Delete/>',
  '<Delete><Object><Key></Key></Object></Delete>',
  '<CompleteMultipartUpload/>',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><x>&x;</x>',
  '{}',
  '\u0000',
  `<a>${'<b>'.repeat(5_000)}`,
];

const s3: Make = (targets, random, date) => {
  const bucket = random.pick([...targets.buckets, 'none', '', '..', '%', 'A_B']);
  const method = random.pick(['GET', 'HEAD', 'PUT', 'POST', 'OPTIONS', 'PATCH']);
  const headers = random.pick(s3Headers);
  return ask(targets, random, date, 's3', {
    method,
    path: `/${bucket}/${random.pick(oddKeys)}${random.pick(s3Queries)}`,
    headers,
    ...((method === 'PUT' || method === 'POST') && { body: random.pick(s3Bodies) }),
  });
};

/** Nothing here may succeed in changing a function: bodies of writes are never right, or the function is not there. */
const lambda: Make = (targets, random, date) => {
  const name = random.pick(targets.functions);
  const odd = random.pick([
    'none',
    '%',
    '%zz',
    '',
    '..',
    '__proto__',
    'a'.repeat(300),
    'arn:aws:lambda:us-east-1:1:function:x',
    'x:y:z',
  ]);
  const event = random.pick([
    ...oddTexts('{"inputs":[1]}'),
    JSON.stringify(mutated({ inputs: [{ name: 'x' }], chorus: 'x' }, random)),
  ]);
  const wrong = random.pick(['null', '[]', '{', '"x"', '1', '\u0000']);
  const [method, path, body, headers = {}] = random.pick<
    readonly [string, string, (string | Buffer)?, Readonly<Record<string, string>>?]
  >([
    ['POST', `${name}/invocations`, event],
    ['POST', `${name}/invocations`, event],
    [
      'POST',
      `${name}/invocations?Qualifier=${random.pick(['live', '$LATEST', '0', '99', '%', 'x y', ''])}`,
      event,
    ],
    [
      'POST',
      `${name}/invocations`,
      event,
      { 'x-amz-invocation-type': random.pick(['Event', 'DryRun', 'Foo', '']) },
    ],
    [
      'POST',
      `${name}/invocations`,
      event,
      { 'x-amz-log-type': 'Tail', 'x-amz-client-context': '%' },
    ],
    ['POST', `${odd}/invocations`, event],
    ['GET', `${odd}`],
    ['GET', `${odd}/configuration`],
    ['GET', `${name}/aliases/${odd}`],
    [
      'GET',
      `${name}/versions?MaxItems=${random.pick(['x', '-1', '0', '1e9'])}&Marker=${random.pick(['', '%', 'x'])}`,
    ],
    ['GET', `?Marker=%&MaxItems=x`],
    ['PUT', `${odd}/configuration`, wrong],
    ['POST', `${odd}/versions`, wrong],
    ['POST', `${name}/aliases`, wrong],
    ['PUT', `${name}/aliases/${random.pick(['none', '%', 'x.y'])}`, wrong],
    ['PUT', `${name}/configuration`, random.pick(['null', '[]', '{', '"x"', '1'])],
    ['POST', `${name}/versions`, random.pick(['{', '\u0000'])],
    ['DELETE', `${odd}`],
    ['PATCH', `${name}`],
    ['GET', `${name}/policy`],
  ]);
  return ask(targets, random, date, 'lambda', {
    method,
    path: `/2015-03-31/functions${path.startsWith('?') ? '' : '/'}${path}`,
    headers,
    ...(body !== undefined && { body }),
  });
};

const states: Make = (targets, random, date) => {
  const right = {
    stateMachineArn: random.pick(targets.machines),
    input: JSON.stringify(mutated(random.pick(targets.workflows).body, random)),
    name: 'bad',
  };
  const body = random.pick([
    ...oddTexts(JSON.stringify(right)),
    JSON.stringify(right),
    JSON.stringify(mutated(right, random)),
    JSON.stringify({
      ...right,
      input: random.pick(['', '{', 'null', '1', '['.repeat(5_000) + ']'.repeat(5_000)]),
    }),
    JSON.stringify({ ...right, name: random.pick(['', 'x'.repeat(81), '<>', 'ü', '\u0000']) }),
    JSON.stringify({ ...right, traceHeader: 'x'.repeat(300), includedData: 'x' }),
    damaged(Buffer.from(JSON.stringify(right)), random),
  ]);
  const operation = random.pick([
    'StartSyncExecution',
    'StartSyncExecution',
    'StartSyncExecution',
    'StartExecution',
    'ListStateMachines',
    'DescribeStateMachine',
    '',
    'x.y',
    '__proto__',
  ]);
  return ask(targets, random, date, 'states', {
    method: 'POST',
    path: random.pick(['/', '/', '/x', '//[']),
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AWSStepFunctions.${operation}`,
    },
    body,
  });
};

/** A signed request of which some is missing, after which the client goes away. */
const brokenOff: Make = (targets, random, date) => {
  const service = random.pick(['s3', 'lambda', 'states'] as const);
  const whole = signedBytes(targets, service, date, {
    method: service === 's3' ? 'PUT' : 'POST',
    path: service === 's3' ? `/${random.pick(targets.buckets)}/bad` : '/',
    headers: { 'content-length': random.pick(['500', '30000000', '100000000000']) },
    body: '{"a":',
  });
  return { what: `${service}: broken off`, bytes: whole, hangsUp: true };
};

const oddSignature: Make = ({ host }, random) => {
  const authorization = random.pick([
    'x',
    'Bearer x',
    'AWS4-HMAC-SHA256',
    'AWS4-HMAC-SHA256 Credential=',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/none/aws4_request, SignedHeaders=host, Signature=x',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=x',
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/__proto__/aws4_request',
    'AWS x:y',
    `AWS4-HMAC-SHA256 Credential=${'a/'.repeat(3_000)}`,
  ]);
  const path = random.pick([
    '/',
    '/x',
    '/2015-03-31/functions',
    '/%',
    '//[',
    '/?Action=GetCallerIdentity&Version=2011-06-15',
  ]);
  const method = random.pick(['GET', 'POST', 'PUT']);
  return {
    what: `${method} ${path} with the authorization ${authorization.slice(0, 60)}`,
    bytes: httpBytes(host, {
      method,
      path,
      headers: { authorization },
      ...(method !== 'GET' && { body: random.pick(['', '{}', 'Action=x']) }),
    }),
  };
};

/** Requests to the APIs of AWS. */
export const toAws: readonly Make[] = [
  s3,
  s3,
  lambda,
  lambda,
  states,
  states,
  oddSignature,
  brokenOff,
];
