/** Functions that answer requests with the same Idempotency-Key once. */

import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type {
  DeleteItemCommandInput,
  PutItemCommandInput,
  UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import {
  InvalidRequestError,
  toErrorBody,
  UnavailableError,
  UnsupportedError,
} from '@chorus/protocol';
import {
  cannotKeep,
  claimRequest,
  isKept,
  keepAnswer,
  keptSeconds,
  keyExpected,
  keyHeader,
  keyOfHeader,
  otherBody,
  releaseRequest,
  requestId,
  retryAfterSeconds,
  stillRuns,
  type TableRequest,
} from '@chorus/resilience';
import { requestsTable } from './env.ts';
import type { Handler, InvocationContext } from './handler.ts';
import {
  asRecord,
  type HttpRequest,
  jsonAnswer,
  type ProxyResult,
  parseHttpEvent,
  toProxyResult,
} from './proxy-event.ts';

/** Longest that one change of the table may take, in milliseconds. */
const longestMs = 3000;

/** How much later than its deadline a function may end, in milliseconds. */
const graceMs = 1000;

/** Answers of more characters are kept compressed. */
const plainLength = 50_000;

/** Most characters of an answer that an item holds; DynamoDB takes 400 KB. */
const mostLength = 380_000;

/** Headers that say what the bytes of a body mean. */
const meaning = ['content-type', 'content-encoding', 'inference-header-content-length'];

export interface AnsweredOnceOptions {
  /** The table of requests with a key; without one a key is refused. @default that of REQUESTS_TABLE */
  readonly table?: string | undefined;
  /** Milliseconds since the epoch. @default the time */
  readonly now?: () => number;
}

/** What happened to a claim. */
type Claim =
  | { readonly isMine: true }
  | { readonly isMine: false; readonly fingerprint: string; readonly answer: string | undefined };

/** Who sent a request, where the API knows: by a key of the API, by a signature, or by a token. */
function callerOf(event: unknown): string {
  const { identity, authorizer } = asRecord(asRecord(event)['requestContext']);
  const { apiKeyId, userArn } = asRecord(identity);
  const { principalId } = asRecord(authorizer);
  return [apiKeyId, userArn, principalId].filter((part) => typeof part === 'string').join('');
}

function fingerprintOf({ path, query, headers, body }: HttpRequest): string {
  const said = [path, [...query], meaning.map((name) => headers.get(name) ?? '')];
  return createHash('sha256').update(JSON.stringify(said)).update(body).digest('hex');
}

/** Returns the text of an answer; of one that is too large to keep, another that says so. */
function textOf(answer: ProxyResult): string {
  const text = JSON.stringify(answer);
  if (text.length <= plainLength) return text;
  const packed = gzipSync(text).toString('base64');
  if (packed.length <= mostLength) return packed;
  const error =
    'Idempotency-Key: the request was answered, and its answer is too large to be given again; send it with another key';
  return JSON.stringify(toProxyResult(jsonAnswer(409, { error })));
}

/** Reads what `textOf` made: JSON begins with a brace, and base64 does not. */
function answerOf(text: string): ProxyResult {
  return JSON.parse(
    text.startsWith('{') ? text : gunzipSync(Buffer.from(text, 'base64')).toString(),
  );
}

/** Changes the table. The SDK is loaded for the first request with a key. */
function openTable() {
  const sdk = import('@aws-sdk/client-dynamodb').then((loaded) => ({
    ...loaded,
    client: new loaded.DynamoDBClient({}),
  }));
  const soon = () => ({ abortSignal: AbortSignal.timeout(longestMs) });
  return {
    async claim(request: TableRequest): Promise<Claim> {
      const { client, PutItemCommand, ConditionalCheckFailedException } = await sdk;
      const input = { ...request, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
      try {
        await client.send(new PutItemCommand(input as unknown as PutItemCommandInput), soon());
        return { isMine: true };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        const { fingerprint, answer } = error.Item ?? {};
        return { isMine: false, fingerprint: fingerprint?.S ?? '', answer: answer?.S };
      }
    },
    async keep(request: TableRequest): Promise<void> {
      const { client, UpdateItemCommand } = await sdk;
      await client.send(
        new UpdateItemCommand(request as unknown as UpdateItemCommandInput),
        soon(),
      );
    },
    async release(request: TableRequest): Promise<void> {
      const { client, DeleteItemCommand } = await sdk;
      await client.send(
        new DeleteItemCommand(request as unknown as DeleteItemCommandInput),
        soon(),
      );
    },
  };
}
type Table = ReturnType<typeof openTable>;

/** Answers a request that does not run. */
function refuse(context: InvocationContext, error: unknown, more: object = {}): ProxyResult {
  const { status, body } = toErrorBody(error);
  return refuseWith(context, status, { ...body, ...more });
}

function refuseWith(
  { notes, requestId: id }: InvocationContext,
  status: number,
  body: object,
): ProxyResult {
  notes['status'] = status;
  const seconds = 'retryAfter' in body ? { 'retry-after': String(body.retryAfter) } : {};
  return toProxyResult(jsonAnswer(status, body, { 'x-request-id': id, ...seconds }));
}

/** Notes a change that failed: the caller has the answer all the same. */
async function attempt(context: InvocationContext, change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    context.notes['idempotencyLost'] = error instanceof Error ? error.name : 'Error';
  }
}

/**
 * Lets a function behind an API answer POST requests with the same Idempotency-Key once
 * (draft-ietf-httpapi-idempotency-key-header): the first runs, and its answer is kept for a day and given to every other with the
 * same body. Another body is 422; while the first runs, 409 with Retry-After. What failed with 5xx, or was refused with 429, may be
 * tried again. Requests without the header are handed on untouched.
 */
export function answeredOnce(
  handler: Handler,
  { table = requestsTable(), now = Date.now }: AnsweredOnceOptions = {},
): Handler {
  let opened: Table | undefined;

  async function run(
    name: string,
    key: string,
    event: unknown,
    context: InvocationContext,
  ): Promise<unknown> {
    const request = parseHttpEvent(event, context.requestId);
    const which = {
      table: name,
      id: requestId(encodeURI(request.path), callerOf(event), key),
      claimant: context.requestId,
    };
    const fingerprint = fingerprintOf(request);
    const [at, seconds] = [now(), Math.floor(now() / 1000)];
    opened ??= openTable();
    let claim: Claim;
    try {
      claim = await opened.claim(
        claimRequest({
          ...which,
          fingerprint,
          now: String(at),
          nowSeconds: String(seconds),
          until: String(Math.ceil(context.deadlineMs + graceMs)),
          expires: String(seconds + keptSeconds),
        }),
      );
    } catch (cause) {
      context.notes['reason'] = cause instanceof Error ? (cause.stack ?? cause.message) : 'Error';
      return refuse(context, new UnavailableError(cannotKeep, { cause }));
    }
    if (!claim.isMine) {
      if (claim.fingerprint !== fingerprint) return refuseWith(context, 422, { error: otherBody });
      if (claim.answer === undefined)
        return refuseWith(context, 409, { error: stillRuns, retryAfter: retryAfterSeconds });
      const answer = answerOf(claim.answer);
      context.notes['status'] = answer.statusCode;
      context.notes['repeated'] = true;
      return answer;
    }
    let answer: unknown;
    try {
      answer = await handler(event, context);
    } catch (error) {
      await attempt(context, opened.release(releaseRequest(which)));
      throw error;
    }
    const { statusCode } = asRecord(answer);
    await attempt(
      context,
      isKept(Number(statusCode))
        ? opened.keep(keepAnswer({ ...which, answer: textOf(answer as ProxyResult) }))
        : opened.release(releaseRequest(which)),
    );
    return answer;
  }

  return async (event, context) => {
    const { httpMethod, headers } = asRecord(event);
    const value =
      httpMethod === 'POST'
        ? Object.entries(asRecord(headers)).find(([name]) => name.toLowerCase() === keyHeader)?.[1]
        : undefined;
    if (typeof value !== 'string' || value === '') return handler(event, context);
    const key = keyOfHeader(value);
    if (key === undefined) return refuse(context, new InvalidRequestError(keyExpected));
    if (table === undefined)
      return refuse(
        context,
        new UnsupportedError('Idempotency-Key: this route keeps no keys; send it without'),
      );
    return run(table, key, event, context);
  };
}
