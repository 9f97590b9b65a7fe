import { NotFoundError } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { createJsonHandler, createReadHandler, type JsonFunction } from './json-function.ts';

const expects = 'send {"bytes":1}';

interface Asked {
  readonly body?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly requestContext?: object;
}

/** Sends a request to a function that answers so. @returns its answer and what it notes for the log */
async function send(
  { body = '{}', headers = {}, requestContext = { requestId: 'r-1' } }: Asked,
  answer: JsonFunction['answer'] = async (value) => ({ status: 201, value }),
) {
  const notes: Record<string, string | number | boolean> = {};
  const event = { path: '/sizes', httpMethod: 'POST', headers, body, requestContext };
  const context = { requestId: 'invocation', deadlineMs: 0, functionArn: '', notes };
  const result = Object(await createJsonHandler({ expects, answer })(event, context));
  return {
    status: result.statusCode,
    headers: result.headers,
    value: JSON.parse(
      Buffer.from(result.body, result.isBase64Encoded ? 'base64' : 'utf8').toString(),
    ),
    notes,
  };
}

describe('a function of JSON', () => {
  it('answers with the status and the value, under the number of the request', async () => {
    expect(await send({ body: '{"bytes":5}' })).toEqual({
      status: 201,
      headers: expect.objectContaining({ 'x-request-id': 'r-1' }),
      value: { bytes: 5 },
      notes: { status: 201, httpRequestId: 'r-1' },
    });
  });

  it('answers whether it is ready, and nothing else for that', async () => {
    const answer = () => Promise.reject(new Error('asked'));
    const handler = createJsonHandler({ expects, answer });
    const context = { requestId: 'invocation', deadlineMs: 0, functionArn: '', notes: {} };
    expect(await handler({ chorus: 'ready' }, context)).toEqual({ ready: true });
    expect(context.notes).toEqual({});
  });

  it.each([
    ['no JSON', '{', expect.stringMatching(/.+; send \{"bytes":1\}$/)],
    ['a list', '[]', `the body is not a JSON object: ${expects}`],
    ['null', 'null', `the body is not a JSON object: ${expects}`],
    ['a text', '"a"', `the body is not a JSON object: ${expects}`],
  ])('refuses %s with what to send', async (_, body, error) => {
    expect(await send({ body })).toMatchObject({ status: 400, value: { error } });
  });

  it.each([
    [{}, 201],
    [{ 'content-type': '' }, 201],
    [{ 'content-type': 'Application/JSON ; charset=utf-8' }, 201],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-encoding': '' }, 201],
    [{ 'content-encoding': ' Identity ' }, 201],
    [{ 'content-encoding': 'gzip' }, 415],
  ])('takes a body by its headers: %j is %i', async (headers, status) => {
    expect((await send({ headers })).status).toBe(status);
  });

  it('says which kind of body it expects, and quotes no more than the beginning of another', async () => {
    const type = `text/${'x'.repeat(100)}`;
    const { value } = await send({ headers: { 'content-type': type } });
    expect(value).toEqual({
      error: `content-type: expected application/json, got "${type.slice(0, 60)}": ${expects}`,
    });
  });
});

describe('an error of a function', () => {
  const fail = (error: unknown) => () => Promise.reject(error);
  const refusal = Object.assign(new Error('the secret'), { name: 'RefusedError', status: 409 });

  it('of the caller is answered, and only named in the log', async () => {
    const { notes } = await send({ body: '[]' });
    expect(notes).toEqual({ status: 400, httpRequestId: 'r-1', error: 'InvalidRequestError' });
  });

  it('of the function itself is in the log with where it happened, and not in the answer', async () => {
    const { status, value, notes } = await send({}, fail(new TypeError('the secret')));
    expect(status).toBe(500);
    expect(JSON.stringify(value)).not.toContain('the secret');
    expect(notes).toMatchObject({
      status: 500,
      error: 'TypeError',
      reason: expect.stringMatching(/^TypeError: the secret\n +at .*json-function\.test/),
    });
  });

  it('without a stack, or that is none, is in the log by what it says', async () => {
    const bare = Object.assign(new Error('just words'), { stack: undefined });
    expect((await send({}, fail(bare))).notes).toMatchObject({ reason: 'just words' });
    expect((await send({}, fail('a text'))).notes).toMatchObject({
      error: 'Error',
      reason: 'a text',
    });
  });

  it('of an event that is no request is answered under the number of the invocation', async () => {
    const notes: Record<string, string | number | boolean> = {};
    const context = { requestId: 'invocation', deadlineMs: 0, functionArn: '', notes };
    const answer = fail(refusal);
    const result = Object(await createJsonHandler({ expects, answer })({ path: 1 }, context));
    expect(result).toMatchObject({ statusCode: 400, headers: { 'x-request-id': 'invocation' } });
    expect(notes).not.toHaveProperty('httpRequestId');
  });
});

describe('a function that reads', () => {
  const handler = createReadHandler(async ({ pathParameters, query }) => {
    const id = pathParameters.get('id');
    if (id !== 'a') throw new NotFoundError(`no note ${id}`);
    return { status: 200, value: { id, full: query.get('full') } };
  });

  async function get(id: string) {
    const event = {
      path: `/notes/${id}`,
      httpMethod: 'GET',
      headers: { 'content-type': 'text/plain' },
      pathParameters: { id },
      queryStringParameters: { full: '1' },
      requestContext: { requestId: 'r-2' },
    };
    const notes: Record<string, string | number | boolean> = {};
    const context = { requestId: 'invocation', deadlineMs: 0, functionArn: '', notes };
    const { statusCode, body, headers } = Object(await handler(event, context));
    return { status: statusCode, value: JSON.parse(body), id: headers['x-request-id'], notes };
  }

  it('answers by path and query, and asks for no body', async () => {
    expect(await get('a')).toMatchObject({ status: 200, value: { id: 'a', full: '1' }, id: 'r-2' });
  });

  it('answers what it does not find with its status, and notes it', async () => {
    expect(await get('b')).toMatchObject({
      status: 404,
      value: { error: 'no note b' },
      notes: { error: 'NotFoundError', httpRequestId: 'r-2' },
    });
  });
});
