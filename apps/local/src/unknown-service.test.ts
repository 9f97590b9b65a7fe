import { createServer, type Server } from 'node:http';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refuseService } from './unknown-service.ts';

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    await request.toArray();
    refuseService('kinesis', request.headers, 'id', response);
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

describe('a service that is not there says so', () => {
  const message =
    'The local cloud has no service "kinesis": only s3, lambda, states, batch, dynamodb, sqs, sns, events, scheduler and sts.';

  it('in JSON, with the name in the header too', async () => {
    const { status, headers, text } = await ask('/unknown', '{}', {
      'content-type': 'application/x-amz-json-1.0',
    });
    expect([status, headers.get('x-amzn-errortype'), headers.get('content-type')]).toEqual([
      501,
      'NotImplementedException',
      'application/x-amz-json-1.0',
    ]);
    expect(JSON.parse(text)).toEqual({ __type: 'NotImplementedException', message });
  });

  it('in XML to those that send forms', async () => {
    const { status, text } = await ask('/unknown', 'Action=ListQueues');
    expect(status).toBe(501);
    expect(parser.parse(text).ErrorResponse.Error).toEqual({
      Type: 'Receiver',
      Code: 'NotImplementedException',
      Message: message,
    });
  });

  it('in CBOR to those that send CBOR', async () => {
    const { status, headers, bytes } = await ask('/unknown', '', {
      'smithy-protocol': 'rpc-v2-cbor',
      'content-type': 'application/cbor',
    });
    expect([status, headers.get('smithy-protocol')]).toEqual([501, 'rpc-v2-cbor']);
    const short = (text: string) => Buffer.from([0x60 + text.length, ...Buffer.from(text)]);
    const expected = Buffer.concat([
      Buffer.from([0xa2]),
      short('__type'),
      short('NotImplementedException'),
      short('message'),
      Buffer.from([0x79, 0, message.length]),
      Buffer.from(message),
    ]);
    expect(bytes).toEqual(expected);
  });
});
