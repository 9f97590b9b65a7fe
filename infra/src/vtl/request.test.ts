import { chooseMachine } from '@chorus/blueprint';
import { executionNameOf } from '@chorus/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runTemplate } from '../testing/velocity.ts';
import { requestTemplate } from './request.ts';

const arn = 'arn:aws:states:us-east-1:123456789012:stateMachine:chorus-house-price';
const template = requestTemplate(arn);
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Returns the call of StartSyncExecution that a body becomes. */
function call(body: string, requestId = 'r-1'): Record<string, string> {
  return JSON.parse(runTemplate(template, { body, requestId }).text) as Record<string, string>;
}

describe('requestTemplate', () => {
  it('names the state machine and the execution', () => {
    expect(call('{}', 'c6af9ac6-7b61')).toEqual({
      stateMachineArn: arn,
      name: 'c6af9ac6-7b61',
      input: '{}',
    });
  });

  it.each([
    ['an apostrophe and @@', `{"a":"it's @@ 100%"}`],
    ['quotes and backslashes', '{"a":"say \\"hi\\" \\\\ \\u00e9"}'],
    ['Velocity inside', '{"a":"$context.requestId #set($x = 1) $!{x}"}'],
    ['other scripts and emoji', '{"a":"žluťoučký 🏠"}'],
    ['lines and tabs', '{\n\t"a": 1\r\n}'],
    ['a slash', '{"a":"</script>"}'],
  ])('hands a body with %s on, unchanged', (_, body) => {
    expect(call(body)['input']).toBe(body);
  });

  it('hands any JSON object on unchanged, as text or as base64', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const body = JSON.stringify(value);
        expect(call(body)['input']).toBe(body);
        expect(call(base64(body))['input']).toBe(Buffer.from(body).toString());
      }),
    );
  });

  it('does not let a request id out of its string', () => {
    const requestId = `x","input":"{}`;
    expect(call('{"a":1}', requestId)).toEqual({
      stateMachineArn: arn,
      name: requestId,
      input: '{"a":1}',
    });
  });

  it.each(['', 'not JSON', '[1,', '"text"'])('still makes a call out of %j', (body) => {
    expect(call(body)['input']).toBe(body);
  });
});

describe('requestTemplate of a route that answers later, too', () => {
  const machines = {
    accept: 'arn:accept',
    refuse: 'arn:refuse',
    refuseWebhook: 'arn:no-webhook',
  };
  const route = {
    method: 'POST',
    path: '/predict/a',
    workflow: arn,
    asynchronous: machines,
  } as const;
  const chosen = (value?: string): Record<string, string> => {
    const query: Record<string, string> = value === undefined ? {} : { async: value };
    return JSON.parse(runTemplate(requestTemplate(arn, machines), { body: '{"a":1}', query }).text);
  };

  it.each([
    [undefined, arn],
    ['', arn],
    ['0', arn],
    ['1', 'arn:accept'],
    ['true', 'arn:refuse'],
    ['2', 'arn:refuse'],
    [' 1', 'arn:refuse'],
    ['"', 'arn:refuse'],
    ['$input.body', 'arn:refuse'],
  ])('starts for async=%j the machine %s, with the body as it is', (value, expected) => {
    const isAccepted = expected === machines.accept;
    expect(chosen(value)).toEqual({
      stateMachineArn: expected,
      name: 'r-1',
      input: isAccepted ? '{"request":{"a":1},"webhook":""}' : '{"a":1}',
    });
  });

  const withWebhook = (
    query: Readonly<Record<string, string>>,
    body = '{"a":1}',
    base64d = false,
  ) =>
    JSON.parse(
      runTemplate(requestTemplate(arn, machines), {
        body: base64d ? base64(body) : body,
        query,
      }).text,
    ) as Record<string, string>;

  it('hands any body and any webhook on to the machine that accepts, to the letter', () => {
    const member = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.dictionary(member, fc.jsonValue()),
        fc.oneof(
          member,
          fc.constantFrom('https://a.test/b?c=d', '"}', "it's", '$input.body', '\\'),
        ),
        fc.boolean(),
        (request, webhook, isBinary) => {
          const text = JSON.stringify(request);
          const { stateMachineArn, input = '' } = withWebhook(
            { async: '1', webhook },
            text,
            isBinary,
          );
          expect(stateMachineArn).toBe(machines.accept);
          expect(input.startsWith(`{"request":${text},"webhook":"`)).toBe(true);
          expect(JSON.parse(input)).toEqual({ request: JSON.parse(text), webhook });
        },
      ),
    );
  });

  it.each<[Record<string, string>, string]>([
    [{ webhook: 'https://a.test/' }, 'arn:no-webhook'],
    [{ async: '0', webhook: 'https://a.test/' }, 'arn:no-webhook'],
    [{ async: '', webhook: 'x' }, 'arn:no-webhook'],
    [{ async: 'true', webhook: 'x' }, 'arn:refuse'],
    [{ webhook: '' }, arn],
  ])('starts for %j the machine %s', (query, expected) => {
    expect(withWebhook(query)).toMatchObject({ stateMachineArn: expected, input: '{"a":1}' });
  });

  it('chooses as the local cloud does, whatever the values', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('0', '1', ''));
    fc.assert(
      fc.property(value, value, (later, webhook) => {
        expect(withWebhook({ async: later, webhook })['stateMachineArn']).toBe(
          chooseMachine(route, { later, webhook }),
        );
      }),
    );
  });
});

describe("a caller's trace", () => {
  const requestId = '8e03978e-40d5-43dd-bc93-6894a57f9324';
  const nameOf = (traceparent?: string, header = 'traceparent') =>
    JSON.parse(
      runTemplate(requestTemplate(arn), {
        body: '{}',
        requestId,
        headers: traceparent === undefined ? {} : { [header]: traceparent },
      }).text,
    ).name;

  it('is in the name of the execution, as the local cloud writes it, whatever the header is', () => {
    const hex = (length: number) =>
      fc
        .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
        .map((digits) => digits.join(''));
    const header = fc.oneof(
      fc.string(),
      fc.tuple(hex(32), hex(16)).map(([trace, span]) => `00-${trace}-${span}-01`),
      fc.constant(`00-${'0'.repeat(32)}-b7ad6b7169203331-01`),
    );
    fc.assert(
      fc.property(header, (value) => {
        expect(nameOf(value)).toBe(executionNameOf(requestId, value));
        expect(nameOf(value, 'Traceparent')).toBe(executionNameOf(requestId, value));
      }),
    );
    expect(nameOf()).toBe(requestId);
  });
});

describe('requestTemplate of a route that tells its times', () => {
  const machines = {
    accept: 'arn:accept',
    refuse: 'arn:refuse',
    refuseWebhook: 'arn:no-webhook',
  };
  const traced = { machine: 'arn:traced', refuse: 'arn:no-trace' };
  const route = { method: 'POST', path: '/predict/a', workflow: arn, traced } as const;
  const later = { ...route, asynchronous: machines };
  const chosen = (query: Readonly<Record<string, string>>, asynchronous?: typeof machines) =>
    JSON.parse(
      runTemplate(requestTemplate(arn, asynchronous, undefined, traced), {
        body: '{"a":1}',
        query,
      }).text,
    );

  it.each([
    [{}, arn],
    [{ trace: '0' }, arn],
    [{ trace: '1' }, 'arn:traced'],
    [{ trace: 'true' }, 'arn:no-trace'],
    [{ trace: '1', async: '1' }, 'arn:no-trace'],
    [{ trace: '0', async: '1' }, 'arn:accept'],
  ])('starts for %j the machine %s', (query, expected) => {
    const isAccepted = expected === machines.accept;
    expect(chosen(query, machines)).toEqual({
      stateMachineArn: expected,
      name: 'r-1',
      input: isAccepted ? '{"request":{"a":1},"webhook":""}' : '{"a":1}',
    });
  });

  it('chooses as the local cloud does, whatever the values', () => {
    const value = fc.oneof(fc.string(), fc.constantFrom('0', '1', ''));
    fc.assert(
      fc.property(value, value, (async, trace) => {
        const query = { async, trace };
        expect(chosen(query, machines)['stateMachineArn']).toBe(
          chooseMachine(later, { later: async, trace }),
        );
        expect(chosen(query)['stateMachineArn']).toBe(
          chooseMachine(route, { later: async, trace }),
        );
      }),
    );
  });
});

describe('requestTemplate of a route that answers requests with a key once', () => {
  const once = { machine: 'arn:once', route: '/predict/a' };
  const machines = {
    accept: 'arn:accept',
    refuse: 'arn:refuse',
    refuseWebhook: 'arn:no-webhook',
  };
  const called = (
    headers: Readonly<Record<string, string>>,
    body = '{"a":1}',
    query: Readonly<Record<string, string>> = {},
  ) => {
    const { text } = runTemplate(requestTemplate(arn, machines, once), { body, headers, query });
    const { input, ...call } = JSON.parse(text) as Record<string, string>;
    return { ...call, input: JSON.parse(input ?? '') as unknown };
  };

  it('starts the workflow itself without one', () => {
    const plain = { stateMachineArn: arn, name: 'r-1', input: { a: 1 } };
    expect(called({})).toEqual(plain);
    expect(called({ 'Idempotency-Key': '' })).toEqual(plain);
    expect(called({ 'X-Idempotency-Key': 'k' })).toEqual(plain);
  });

  it.each(['Idempotency-Key', 'idempotency-key', 'IDEMPOTENCY-KEY'])('reads %s', (name) => {
    expect(called({ accept: '*/*', [name]: 'k-1' })).toEqual({
      stateMachineArn: 'arn:once',
      name: 'r-1',
      input: { text: '{"a":1}', key: 'k-1', route: '/predict/a', caller: '', machine: arn },
    });
  });

  it('starts what the query says by way of it', () => {
    const query = { async: '1', webhook: 'https://a.test/' };
    const { input } = called({ 'Idempotency-Key': 'k' }, '{}', query);
    const { machine, text } = input as { readonly machine: string; readonly text: string };
    expect(machine).toBe('arn:accept');
    expect(JSON.parse(text)).toEqual({ request: {}, webhook: 'https://a.test/' });
  });

  it.each([
    [{ identity: { apiKeyId: 'k1' } }, 'k1'],
    [{ identity: { userArn: 'arn:aws:iam::1:user/a' } }, 'arn:aws:iam::1:user/a'],
    [{ authorizer: { principalId: 'someone "else"' } }, 'someone "else"'],
  ])('says who calls: %j', (known, caller) => {
    const headers = { 'Idempotency-Key': 'k' };
    const template = requestTemplate(arn, undefined, once);
    const { text } = runTemplate(template, { body: '{}', headers, ...known });
    expect(JSON.parse(JSON.parse(text).input)).toMatchObject({ caller, machine: arn });
  });

  it('hands any body and any key on to the letter', () => {
    const member = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.dictionary(member, fc.jsonValue()),
        member.filter((key) => key !== ''),
        (value, key) => {
          const text = JSON.stringify(value);
          const { input } = called({ 'Idempotency-Key': key }, text);
          expect(input).toMatchObject({ text, key, machine: arn });
        },
      ),
    );
  });

  it.each([
    '$context.requestId',
    '"}, "machine": "arn:other',
    "it's \\' \\\\\" @@",
    '#set($x = 1)',
  ])('lets nothing of a key out of its text: %s', (key) => {
    expect(called({ 'Idempotency-Key': key }).input).toMatchObject({ key, machine: arn });
  });
});
