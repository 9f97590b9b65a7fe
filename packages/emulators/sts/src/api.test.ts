import { createServer, type Server } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleSts } from './api.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    handleSts({ url: request.url ?? '/', body, requestId: 'id' }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const parser = new XMLParser({ parseTagValue: false });

async function ask(path: string, body: string, headers: Record<string, string> = form) {
  const response = await fetch(url + path, { method: 'POST', headers, body });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
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
        ResponseMetadata: { RequestId: 'id' },
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
        RequestId: 'id',
      },
    });
  });
});
