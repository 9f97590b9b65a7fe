import type { ServerResponse } from 'node:http';
import {
  type AwsRequest,
  accountId,
  type Credentials,
  type Handle,
  sendAnswer,
  signedHandler,
} from '@chorus/emulator-aws';
import { XMLBuilder } from 'fast-xml-parser';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

const builder = new XMLBuilder({ ignoreAttributes: false });

function send(response: ServerResponse, status: number, requestId: string, root: object): void {
  sendAnswer(response, { status, type: 'text/xml', body: builder.build(root), requestId });
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

interface Identity {
  readonly Arn: string;
  readonly UserId: string;
  readonly Account: string;
}

/** The identity of every caller. */
const identity: Identity = {
  Arn: `arn:aws:iam::${accountId}:root`,
  UserId: accountId,
  Account: accountId,
};

/** Returns the refusal of a request, if any: its action's parameters are honoured or refused by name. */
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
function answer({ path, body, requestId }: AwsRequest, response: ServerResponse): void {
  const parameters = new URLSearchParams(body.length > 0 ? body.toString() : path.split('?')[1]);
  const refusal = refusalOf(parameters);
  if (refusal !== undefined) {
    sendQueryError(response, requestId, refusal);
    return;
  }
  send(response, 200, requestId, {
    GetCallerIdentityResponse: {
      '@_xmlns': namespace,
      GetCallerIdentityResult: identity,
      ResponseMetadata: { RequestId: requestId },
    },
  });
}

export interface StsEmulator {
  /** The one identity there is. */
  readonly service: { readonly identity: Identity };
  /** Answers a request to the STS API (AWS's query protocol). */
  readonly handle: Handle;
  /** There is nothing to end. */
  close(): Promise<void>;
}

/** @param options.credentials the keys that every request must be signed with */
export function createSts({ credentials }: { readonly credentials: Credentials }): StsEmulator {
  return {
    service: { identity },
    handle: signedHandler({
      credentials,
      answer,
      refuse: (response, requestId, { status, code, message }) =>
        sendQueryError(response, requestId, { code, message, status }),
    }),
    async close() {},
  };
}
