import type { ServerResponse } from 'node:http';
import { accountId } from '@chorus/emulator-aws';
import { XMLBuilder } from 'fast-xml-parser';

/** A request to the STS API (AWS's query protocol), its body read. */
export interface StsRequest {
  /** Where the parameters may be too. */
  readonly url: string;
  readonly body: Buffer;
  readonly requestId: string;
}

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

const builder = new XMLBuilder({ ignoreAttributes: false });

function send(response: ServerResponse, status: number, requestId: string, root: object): void {
  const text: string = builder.build(root);
  response.writeHead(status, {
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
  });
  response.end(text);
}

/** An error of the query protocol. */
export interface QueryError {
  readonly code: string;
  readonly message: string;
  /** @default 400 */
  readonly status?: number;
}

/** Answers with an error as services of the query protocol write it. */
export function sendQueryError(
  response: ServerResponse,
  requestId: string,
  { code, message, status = 400 }: QueryError,
): void {
  const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
  send(response, status, requestId, {
    ErrorResponse: { '@_xmlns': namespace, Error: error, RequestId: requestId },
  });
}

/** Why a request is refused, if it is: its action's parameters are honoured or refused by name. */
function refusalOf(parameters: URLSearchParams): QueryError | undefined {
  const action = parameters.get('Action') ?? '';
  if (action === '') return { code: 'MissingAction', message: 'The request has no Action.' };
  const isKnown = action === 'GetCallerIdentity';
  const others = [...parameters.keys()].filter((name) => !['Action', 'Version'].includes(name));
  if (isKnown && others.length === 0) return undefined;
  const what = isKnown ? `${others.join(', ')} in ${action}` : action;
  const message = `The local cloud's STS does not do ${what}.`;
  return { code: 'NotImplemented', message, status: 501 };
}

/** Answers GetCallerIdentity, which tools ask to see whether their credentials work; there is but one identity. */
export function handleSts({ url, body, requestId }: StsRequest, response: ServerResponse): void {
  const parameters = new URLSearchParams(body.length > 0 ? body.toString() : url.split('?')[1]);
  const refusal = refusalOf(parameters);
  if (refusal !== undefined) {
    sendQueryError(response, requestId, refusal);
    return;
  }
  send(response, 200, requestId, {
    GetCallerIdentityResponse: {
      '@_xmlns': namespace,
      GetCallerIdentityResult: {
        Arn: `arn:aws:iam::${accountId}:root`,
        UserId: accountId,
        Account: accountId,
      },
      ResponseMetadata: { RequestId: requestId },
    },
  });
}
