import { expect, it } from 'vitest';
import { destinationOf } from './router.ts';

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

const known = {
  isRoute: (path: string) => /^\/(?:v2|predict|models$)/.test(path),
  isPage: (path: string) => path === '/' || path === '/page.json',
  hasBucket: (name: string) => name === 'models' || name === 'v2',
};

it.each([
  ['/', signedFor('s3'), 's3'],
  ['/predict/house-price', signedFor('s3'), 's3'],
  ['/2015-03-31/functions/', signedFor('lambda'), 'lambda'],
  ['/', signedFor('states'), 'states'],
  ['/', signedFor('sts'), 'sts'],
  ['/', signedFor('dynamodb'), 'dynamodb'],
  ['/', signedFor('logs'), 'logs'],
  ['/chaos', signedFor('chorus'), 'chorus'],
  ['/000000000000/box', signedFor('sqs'), 'sqs'],
  ['/', signedFor('sns'), 'sns'],
  ['/predict/house-price', signedFor('execute-api'), 'api'],
  ['/predict/house-price', {}, 'api'],
  ['/v2/models?X-Amz-Signature=0', {}, 'api'],
  ['/b/k?X-Amz-Credential=local%2F20261121%2Fus-east-1%2Fs3%2Faws4_request', {}, 's3'],
  ['/b/k?AWSAccessKeyId=local&Signature=0&Expires=1', {}, 's3'],
  ['/models/a/b', {}, 's3'],
  ['/models-too/a', {}, 'api'],
  ['/', {}, 'page'],
  ['/?x=1', {}, 'page'],
  ['/page.json', {}, 'page'],
  ['/v2/models', { 'x-amz-acl': 'private' }, 'api'],
  ['/other', { 'x-amz-acl': 'private' }, 's3'],
  ['/worker/1/2018-06-01/runtime/invocation/next', {}, 'runtime'],
] as const)('%s goes where its signature says', (url, headers, destination) => {
  expect(destinationOf({ method: 'GET', url, headers }, known)).toBe(destination);
});

it('names a service that is not here', () => {
  expect(destinationOf({ method: 'POST', url: '/', headers: signedFor('kinesis') }, known)).toEqual(
    {
      unknown: 'kinesis',
    },
  );
});
