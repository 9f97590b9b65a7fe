import * as sdk from '@aws-sdk/client-scheduler';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fn,
  machine,
  queue,
  type RunningEvents,
  start,
  startEvents,
} from '../testing/start-events.ts';
import type { Schedule } from './schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const role = 'arn:aws:iam::000000000000:role/any';

let running: RunningEvents;
beforeEach(async () => {
  running = await startEvents();
});
afterEach(() => running.remove());

const input = (
  more: Partial<sdk.CreateScheduleCommandInput> = {},
): sdk.CreateScheduleCommandInput => ({
  Name: 'nightly',
  ScheduleExpression: 'rate(1 hour)',
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: { Arn: machine, RoleArn: role, Input: '{"a":1}' },
  ...more,
});

const create = (more: Partial<sdk.CreateScheduleCommandInput> = {}) =>
  running.scheduler.send(new sdk.CreateScheduleCommand(input(more)));

/** Moves the clock on by a time in steps, and lets what is due happen. */
async function pass(time: number, step: number): Promise<void> {
  for (let passed = 0; passed < time; passed += step) {
    await expect.poll(() => running.clock.sleepers.length).toBeGreaterThan(0);
    const before = running.delivered.length;
    const due = (running.clock.sleepers[0] ?? 0) <= running.clock.now() + step;
    running.clock.advance(step);
    if (due) await expect.poll(() => running.delivered.length).toBe(before + 1);
  }
}

describe('the API', () => {
  it('creates, describes, lists, changes and deletes', async () => {
    const { ScheduleArn } = await create({
      Description: 'x',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly');
    const get = () => running.scheduler.send(new sdk.GetScheduleCommand({ Name: 'nightly' }));
    expect(await get()).toMatchObject({
      GroupName: 'default',
      ScheduleExpression: 'rate(1 hour)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      State: 'ENABLED',
      Description: 'x',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'NONE',
      Target: { Arn: machine, RoleArn: role, Input: '{"a":1}' },
      CreationDate: new Date(start),
    });
    running.clock.advance(minute);
    await running.scheduler.send(
      new sdk.UpdateScheduleCommand(
        input({ State: 'DISABLED', ScheduleExpression: 'cron(0 6 * * ? *)' }),
      ),
    );
    expect(await get()).toMatchObject({
      State: 'DISABLED',
      ScheduleExpression: 'cron(0 6 * * ? *)',
      CreationDate: new Date(start),
      LastModificationDate: new Date(start + minute),
    });
    await create({ Name: 'b' });
    await create({ Name: 'a' });
    const list = (more: sdk.ListSchedulesCommandInput) =>
      running.scheduler.send(new sdk.ListSchedulesCommand(more));
    const first = await list({ MaxResults: 2 });
    expect(first.Schedules?.map(({ Name }) => Name)).toEqual(['a', 'b']);
    expect((await list({ NextToken: first.NextToken })).Schedules).toMatchObject([
      { Name: 'nightly' },
    ]);
    expect((await list({ State: 'DISABLED' })).Schedules).toMatchObject([{ Name: 'nightly' }]);
    expect((await list({ NamePrefix: 'b' })).Schedules).toMatchObject([{ Name: 'b' }]);
    await running.scheduler.send(new sdk.DeleteScheduleCommand({ Name: 'nightly' }));
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('creates once for each name, and answers a client that asks again with its token', async () => {
    await create({ ClientToken: 'one' });
    expect(await create({ ClientToken: 'one' })).toHaveProperty('ScheduleArn');
    await expect(create({ ClientToken: 'two' })).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  it.each([
    [{ ScheduleExpression: 'cron(0 6 * * * *)' }, 'ValidationException', 'must be ?'],
    [{ ScheduleExpressionTimezone: 'Mars/Base' }, 'ValidationException', 'Mars/Base'],
    [
      { Target: { Arn: 'arn:aws:sns:us-east-1:0:t', RoleArn: role } },
      'ValidationException',
      'arn:aws:sns',
    ],
    [{ Target: { Arn: machine, RoleArn: role, Input: '{' } }, 'ValidationException', 'not JSON'],
    [{ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, 'ValidationException', 'maximumWindowInMinutes'],
    [{ GroupName: 'mine' }, 'NotImplementedException', 'GroupName mine'],
    [
      { KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/a' },
      'NotImplementedException',
      'KmsKeyArn',
    ],
    [
      { Target: { Arn: machine, RoleArn: role, EcsParameters: { TaskDefinitionArn: 'a' } } },
      'NotImplementedException',
      'EcsParameters',
    ],
    [
      { Target: { Arn: machine, RoleArn: role, DeadLetterConfig: { Arn: `${queue}.fifo` } } },
      'ValidationException',
      'has to be a standard queue',
    ],
  ])('refuses %j', async (more, name, message) => {
    await expect(create(more as object)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message),
    });
    expect(running.service.schedules.list()).toEqual([]);
  });

  it('refuses groups and tags by name', async () => {
    const { scheduler } = running;
    const ResourceArn = 'arn:aws:scheduler:us-east-1:000000000000:schedule-group/a';
    const sent: readonly (readonly [() => Promise<unknown>, string])[] = [
      [() => scheduler.send(new sdk.CreateScheduleGroupCommand({ Name: 'a' })), 'schedule groups'],
      [() => scheduler.send(new sdk.ListScheduleGroupsCommand({})), 'schedule groups'],
      [() => scheduler.send(new sdk.DeleteScheduleGroupCommand({ Name: 'a' })), 'schedule groups'],
      [() => scheduler.send(new sdk.ListTagsForResourceCommand({ ResourceArn })), 'tags'],
    ];
    for (const [each, message] of sent)
      await expect(each()).rejects.toMatchObject({
        name: 'NotImplementedException',
        message: expect.stringContaining(message),
      });
  });

  it.each([
    ['GET', '/schedules/%ff', 400],
    ['GET', '/schedules/a%2Fb', 400],
    ['GET', '/schedules/a?x=1', 501],
    ['PATCH', '/schedules/a', 501],
    ['POST', '/schedules', 501],
    ['GET', '/schedules?MaxResults=x', 400],
    ['GET', '/', 501],
    ['PUT', '/schedules/a', 400],
  ])('%s %s is %i', async (method, path, status) => {
    expect(await running.askScheduler(method, path)).toMatchObject({ status });
  });
});

describe('a schedule fires', () => {
  it('at its rate, at once for the first time', async () => {
    running.resume();
    await create();
    await expect.poll(() => running.delivered.length).toBe(1);
    await pass(3 * hour, 30 * minute);
    expect(running.delivered).toHaveLength(4);
    expect(running.delivered[0]).toMatchObject({ arn: machine, body: '{"a":1}' });
  });

  it('by its cron expression in its time zone, between its dates', async () => {
    running.resume();
    await create({
      ScheduleExpression: 'cron(0 9 ? * MON-FRI *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      StartDate: new Date('2027-01-05T00:00:00Z'),
      EndDate: new Date('2027-01-06T12:00:00Z'),
      Target: {
        Arn: fn,
        RoleArn: role,
        Input: '{"at":"<aws.scheduler.scheduled-time>","n":"<aws.scheduler.attempt-number>"}',
      },
    });
    // Something has to come after it, or the clock has no one to wake.
    await create({ Name: 'later', ScheduleExpression: 'at(2030-01-01T00:00:00)' });
    await pass(6 * 24 * hour, 12 * hour);
    expect(running.delivered.map(({ body }) => JSON.parse(body).at)).toEqual([
      '2027-01-05T08:00:00Z',
      '2027-01-06T08:00:00Z',
    ]);
    expect(JSON.parse(running.delivered[0]?.body ?? '').n).toBe('1');
  });

  it('once, and is then gone if it says so', async () => {
    running.resume();
    await create({
      ScheduleExpression: 'at(2027-01-01T00:10:00)',
      ActionAfterCompletion: 'DELETE',
      Target: { Arn: queue, RoleArn: role },
    });
    await create({ Name: 'past', ScheduleExpression: 'at(2026-12-31T00:00:00)' });
    await pass(10 * minute, 10 * minute);
    expect(JSON.parse(running.delivered[0]?.body ?? '')).toMatchObject({
      'detail-type': 'Scheduled Event',
      time: '2027-01-01T00:10:00Z',
      resources: ['arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly'],
    });
    expect(running.service.schedules.list().map(({ name }) => name)).toEqual(['past']);
  });

  it('not while it is disabled', async () => {
    running.resume();
    await create({ State: 'DISABLED' });
    await create({ Name: 'other', ScheduleExpression: 'at(2027-01-01T05:00:00)' });
    await pass(5 * hour, 5 * hour);
    expect(running.delivered).toHaveLength(1);
  });
});

describe('a restart', () => {
  const hourly: Schedule = {
    name: 'hourly',
    expression: 'cron(0 * * * ? *)',
    target: { arn: fn, input: '{"at":"<aws.scheduler.scheduled-time>"}' },
  };

  /** Starts again in the same folder, at another time. */
  async function again(now: number, schedules: readonly Schedule[]): Promise<void> {
    const { directory } = running;
    await running.stop();
    running = await startEvents({ directory, now, schedules });
    running.resume();
  }

  const times = () => running.delivered.map(({ body }) => JSON.parse(body).at);

  it('neither loses nor repeats a firing, whenever it comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 }),
        async (minutes) => {
          let now = start + minute;
          await again(now, []);
          const all: string[] = [];
          const expected: string[] = [];
          for (const each of minutes) {
            await again(now, [hourly]);
            const next = Math.ceil((now + 1) / hour) * hour;
            const until = now + each * minute;
            if (next <= until) expected.push(new Date(next).toISOString().replace('.000', ''));
            await expect.poll(() => running.clock.sleepers[0]).toBe(next);
            running.clock.advance(each * minute);
            await expect.poll(() => times().length).toBe(next <= until ? 1 : 0);
            all.push(...times());
            now = until;
          }
          expect(all).toEqual(expected);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('fires once for what fell due meanwhile, and says so', async () => {
    await again(start + minute, [hourly]);
    await again(start + 5 * hour + minute, [hourly]);
    await expect.poll(times).toEqual(['2027-01-01T01:00:00Z']);
    expect(running.said).toEqual([
      'The schedule hourly should have fired at 2027-01-01T01:00:00Z and since, while nothing ran here: it fires once now.',
    ]);
    await expect.poll(() => running.clock.sleepers[0]).toBe(start + 6 * hour);
  });

  it('takes up what the blueprint says now, and leaves alone what the API made', async () => {
    await again(start + minute, [hourly]);
    await create({ ScheduleExpression: 'cron(0 0 1 1 ? 2030)' });
    await again(start + 2 * minute, [{ ...hourly, expression: 'cron(30 * * * ? *)' }]);
    await expect.poll(() => running.clock.sleepers[0]).toBe(start + 30 * minute);
    await again(start + 3 * minute, []);
    expect(running.service.schedules.list().map(({ name }) => name)).toEqual(['nightly']);
  });
});
