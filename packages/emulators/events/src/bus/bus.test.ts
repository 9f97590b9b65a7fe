import * as sdk from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  fn,
  machine,
  queue,
  type RunningEvents,
  start,
  startEvents,
} from '../testing/start-events.ts';
import type { LocalBus } from './buses.ts';
import { busOperations } from './operations.ts';

const shop: LocalBus = {
  name: 'shop',
  rules: [
    { name: 'orders', pattern: { 'detail-type': ['order'] }, target: { arn: machine } },
    {
      name: 'large',
      pattern: { detail: { total: [{ numeric: ['>', 100] }] } },
      target: { arn: fn },
    },
    { name: 'fixed', pattern: { source: ['clock'] }, target: { arn: queue, input: '{"fixed":1}' } },
  ],
};

let running: RunningEvents;
beforeAll(async () => {
  running = await startEvents({ buses: [shop] });
  running.resume();
});
afterAll(() => running.remove());

const entry = (more: sdk.PutEventsRequestEntry = {}): sdk.PutEventsRequestEntry => ({
  EventBusName: 'shop',
  Source: 'till',
  DetailType: 'order',
  Detail: '{"total":120}',
  ...more,
});

const put = (...Entries: sdk.PutEventsRequestEntry[]) =>
  running.events.send(new sdk.PutEventsCommand({ Entries }));

/** Waits for what an event became, and forgets it. */
async function deliveredOf(count: number) {
  await expect.poll(() => running.delivered.length).toBe(count);
  return (running.delivered as unknown[]).splice(0) as typeof running.delivered;
}

describe('PutEvents', () => {
  it('delivers an event once for each rule that matches, with AWS’s members', async () => {
    const time = new Date('2027-02-03T04:05:06.789Z');
    const { FailedEntryCount, Entries } = await put(entry({ Resources: ['a'], Time: time }));
    expect(FailedEntryCount).toBe(0);
    const [one, other] = await deliveredOf(2);
    const event = {
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'order',
      source: 'till',
      account: '000000000000',
      time: '2027-02-03T04:05:06Z',
      region: 'us-east-1',
      resources: ['a'],
      detail: { total: 120 },
    };
    expect([one?.arn, other?.arn].sort()).toEqual([fn, machine]);
    expect(JSON.parse(one?.body ?? '')).toEqual(event);
    expect(JSON.parse(other?.body ?? '')).toEqual(event);
    expect(one?.id).not.toBe(other?.id);
  });

  it('sends a target its own input, and has the time of an event without one', async () => {
    await put(entry({ Source: 'clock', Detail: '{}' }));
    const bodies = (await deliveredOf(2)).map(({ body }) => JSON.parse(body));
    expect(bodies).toContainEqual({ fixed: 1 });
    const time = new Date(start).toISOString().replace('.000', '');
    expect(bodies).toContainEqual(expect.objectContaining({ time }));
  });

  it('takes the bus by its ARN, and drops what no rule is about', async () => {
    const EventBusName = 'arn:aws:events:us-east-1:000000000000:event-bus/shop';
    await put(entry({ DetailType: 'x', Detail: '{}' }), entry({ EventBusName, Detail: '{}' }));
    expect(await deliveredOf(1)).toMatchObject([{ arn: machine }]);
  });

  it.each([
    [{ Source: '' }, 'InvalidArgument', 'Source is a required argument'],
    [{ DetailType: undefined }, 'InvalidArgument', 'DetailType is a required argument'],
    [{ Detail: undefined }, 'InvalidArgument', 'Detail is a required argument'],
    [{ Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed'],
    [{ Detail: '{"a":' }, 'MalformedDetail', 'Detail is malformed'],
    [
      { Detail: `${'{"a":'.repeat(1001)}1${'}'.repeat(1001)}` },
      'MalformedDetail',
      'Detail is malformed',
    ],
    [{ Source: 'aws.ec2' }, 'NotAuthorizedForSourceException', 'Not authorized'],
    [{ EventBusName: 'nowhere' }, 'ResourceNotFoundException', 'Event bus nowhere does not exist'],
  ])('fails the entry %j and takes the others', async (wrong, ErrorCode, message) => {
    const answer = await put(entry({ Detail: '{}' }), entry(wrong as object));
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode, ErrorMessage: expect.stringContaining(message) },
      ],
    });
    await deliveredOf(1);
  });

  it('takes ten entries and 1 MB, and no more', async () => {
    const small = entry({ EventBusName: 'default' });
    expect(await put(...Array.from({ length: 10 }, () => small))).toMatchObject({
      FailedEntryCount: 0,
    });
    await expect(put(...Array.from({ length: 11 }, () => small))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('less than or equal to 10'),
    });
    const detail = (bytes: number) => `{"a":"${'x'.repeat(bytes - 8)}"}`;
    const rest = 'tillorder'.length;
    const largest = entry({ EventBusName: 'default', Detail: detail(1024 * 1024 - rest) });
    expect(await put(largest)).toMatchObject({ FailedEntryCount: 0 });
    const tooLarge = entry({ EventBusName: 'default', Detail: detail(1024 * 1024 - rest + 1) });
    await expect(put(tooLarge)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('buses and rules', () => {
  it('are listed and described', async () => {
    const { EventBuses } = await running.events.send(new sdk.ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
    const bus = await running.events.send(new sdk.DescribeEventBusCommand({ Name: 'shop' }));
    expect(bus.Arn).toBe('arn:aws:events:us-east-1:000000000000:event-bus/shop');
    const EventBusName = 'shop';
    const first = await running.events.send(new sdk.ListRulesCommand({ EventBusName, Limit: 2 }));
    expect(first.Rules?.map(({ Name }) => Name)).toEqual(['fixed', 'large']);
    const { NextToken } = first;
    const rest = await running.events.send(new sdk.ListRulesCommand({ EventBusName, NextToken }));
    expect(rest).toMatchObject({ Rules: [{ Name: 'orders', State: 'ENABLED' }] });
    const rule = await running.events.send(
      new sdk.DescribeRuleCommand({ Name: 'orders', EventBusName }),
    );
    expect(rule).toMatchObject({
      Arn: 'arn:aws:events:us-east-1:000000000000:rule/shop/orders',
      EventPattern: '{"detail-type":["order"]}',
    });
    const targets = new sdk.ListTargetsByRuleCommand({ Rule: 'fixed', EventBusName });
    expect(await running.events.send(targets)).toMatchObject({
      Targets: [{ Arn: queue, Input: '{"fixed":1}' }],
    });
    await expect(
      running.events.send(new sdk.DescribeRuleCommand({ Name: 'orders' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('test a pattern, and refuse one that is none', async () => {
    const Event = JSON.stringify({
      ...{ id: '1', account: '1', source: 'a', time: '', region: '', resources: [] },
      'detail-type': 'x',
    });
    const test = (EventPattern: string, event = Event) =>
      running.events.send(new sdk.TestEventPatternCommand({ EventPattern, Event: event }));
    expect(await test('{"source":["a"]}')).toMatchObject({ Result: true });
    expect(await test('{"source":["b"]}')).toMatchObject({ Result: false });
    await expect(test('{"source":[{"contains":"a"}]}')).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: expect.stringContaining('"contains"'),
    });
    await expect(test('{"source":["a"]}', '{}')).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('are refused at start, naming what is wrong', async () => {
    const bus = (pattern: unknown, arn: string) =>
      startEvents({
        directory: running.directory,
        buses: [{ name: 'a', rules: [{ name: 'b', pattern, target: { arn } }] }],
      });
    await expect(bus({ a: 1 }, queue)).rejects.toThrow('a must be an object or an array');
    await expect(bus({ a: [1] }, 'arn:aws:sns:us-east-1:000000000000:t')).rejects.toThrow(
      'arn:aws:sns',
    );
  });
});

/** Returns the members of an operation's input in the SDK's model. */
function inputOf(operation: string): readonly string[] {
  const model: unknown = Reflect.get(sdk, `${operation}$`);
  const input: unknown =
    Array.isArray(model) && typeof model[4] === 'function' ? model[4]() : undefined;
  if (!Array.isArray(input) || !Array.isArray(input[4]))
    throw new TypeError(`the SDK's model of ${operation} has another form`);
  return input[4].map(String);
}

it('refuses every other operation of the SDK, and every other parameter, by name', async () => {
  const commands = Object.keys(sdk).flatMap(
    (name) => /^(?<operation>[A-Z]\w*)Command$/.exec(name)?.groups?.['operation'] ?? [],
  );
  expect(commands).toEqual(expect.arrayContaining(Object.keys(busOperations)));
  for (const operation of commands) {
    const known = busOperations[operation];
    if (known === undefined)
      expect(await running.ask(operation, '{}')).toMatchObject({
        status: 501,
        body: { message: `The local cloud's EventBridge does not do ${operation}.` },
      });
    else {
      expect(inputOf(operation)).toEqual(expect.arrayContaining([...known.members]));
      for (const name of inputOf(operation).filter((each) => !known.members.includes(each)))
        expect(await running.ask(operation, JSON.stringify({ [name]: 'x' }))).toMatchObject({
          status: 501,
          body: { message: expect.stringContaining(`does not do ${name} in ${operation}`) },
        });
    }
  }
});

it.each([
  ['PutEvents', '{', 'SerializationException'],
  ['PutEvents', '[]', 'SerializationException'],
  ['PutEvents', '{"Entries":1}', 'SerializationException'],
  ['PutEvents', '{"Entries":[1]}', 'SerializationException'],
  ['PutEvents', '{"Entries":[{"Source":1}]}', 'SerializationException'],
  ['PutEvents', '{"Entries":[{"Source":"\\ud800"}]}', 'SerializationException'],
  ['PutEvents', '{"Entries":[{"Time":"x"}]}', 'SerializationException'],
  ['PutEvents', '{}', 'ValidationException'],
  ['ListRules', '{"Limit":0}', 'ValidationException'],
  ['ListRules', '{"NextToken":"x"}', 'ValidationException'],
  ['DescribeRule', '{}', 'ValidationException'],
])('%s with %s is a %s', async (operation, body, __type) => {
  const silent = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await running.ask(operation, body)).toMatchObject({ status: 400, body: { __type } });
  expect(silent).not.toHaveBeenCalled();
});
