import { type Port, serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSts } from './index.ts';

const sts = createSts({ credentials: testCredentials });
let port: Port;
beforeAll(async () => {
  port = await serve({ sts: sts.handle });
});
afterAll(() => port.close());

const parser = new XMLParser({ parseTagValue: false });

async function ask(path: string, body: string, credentials = testCredentials) {
  const response = await signedFetch({
    url: port.url + path,
    service: 'sts',
    credentials,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('STS', () => {
  it('says who the caller is', async () => {
    const { status, headers, text } = await ask('/', 'Action=GetCallerIdentity&Version=2011-06-15');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/xml']);
    expect(text).toContain('xmlns="https://sts.amazonaws.com/doc/2011-06-15/"');
    expect(parser.parse(text)).toEqual({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: {
          Arn: 'arn:aws:iam::000000000000:root',
          UserId: '000000000000',
          Account: '000000000000',
        },
        ResponseMetadata: { RequestId: expect.stringMatching(/^[\w-]{36}$/) },
      },
    });
  });

  it.each([
    ['', 400, 'Sender', 'MissingAction', /no Action/],
    ['Version=2011-06-15', 400, 'Sender', 'MissingAction', /no Action/],
    ['Action=AssumeRole&RoleArn=x', 501, 'Receiver', 'NotImplemented', /does not do AssumeRole/],
    ['Action=GetCallerIdentity&X=1', 501, 'Receiver', 'NotImplemented', /X in GetCallerIdentity/],
    ['Action=%3Ca%3E', 501, 'Receiver', 'NotImplemented', /does not do &?/],
  ])('refuses %j in XML', async (body, status, Type, Code, message) => {
    const answer = await ask('/', body);
    expect(answer.status).toBe(status);
    expect(parser.parse(answer.text)).toEqual({
      ErrorResponse: {
        Error: { Type, Code, Message: expect.stringMatching(message) },
        RequestId: expect.stringMatching(/^[\w-]{36}$/),
      },
    });
  });

  it('refuses other keys in XML', async () => {
    const strange = { ...testCredentials, accessKeyId: 'ANOTHER' };
    const { status, text } = await ask('/', 'Action=GetCallerIdentity', strange);
    expect(status).toBe(403);
    expect(parser.parse(text).ErrorResponse.Error).toMatchObject({
      Type: 'Sender',
      Code: 'UnrecognizedClientException',
    });
  });
});
