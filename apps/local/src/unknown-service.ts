import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { sendQueryError } from '@chorus/emulator-sts';

/** Text in CBOR (RFC 8949, 3.1), below 64 kB. */
function cborText(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = bytes.length;
  const head = length < 24 ? [0x60 + length] : [0x79, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), bytes]);
}

/**
 * Tells that there is no such service, in the protocol that the request is in, so that the SDK shows the message: AWS query and EC2,
 * CBOR (Smithy RPC v2), or JSON, whose error's name is in the header too.
 */
export function refuseService(
  service: string,
  headers: IncomingHttpHeaders,
  requestId: string,
  response: ServerResponse,
): void {
  const code = 'NotImplementedException';
  const message = `The local cloud has no service "${service}": only s3, lambda, states, batch, dynamodb, sqs, sns, events, scheduler and sts.`;
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    sendQueryError(response, requestId, { code, message, status: 501 });
    return;
  }
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const pairs = ['__type', code, 'message', message].map(cborText);
    response.writeHead(501, {
      'content-type': 'application/cbor',
      'smithy-protocol': 'rpc-v2-cbor',
      'x-amzn-requestid': requestId,
    });
    // A map of two pairs.
    response.end(Buffer.concat([Buffer.from([0xa2]), ...pairs]));
    return;
  }
  response.writeHead(501, {
    'content-type': type.startsWith('application/x-amz-json') ? type : 'application/json',
    'x-amzn-errortype': code,
    'x-amzn-requestid': requestId,
  });
  response.end(JSON.stringify({ __type: code, message }));
}
