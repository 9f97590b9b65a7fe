import { describe, expect, it } from 'vitest';
import { checkEvents } from './check-events.ts';
import { BlueprintError } from './errors.ts';
import type { RuleSpec, ScheduleSpec } from './messaging.ts';
import { linkedBlueprint } from './testing/links.ts';
import type { CreatedSpec } from './types.ts';

const rule: RuleSpec = {
  name: 'large',
  pattern: { source: ['shop'] },
  target: { workflow: 'price' },
};

const schedule: ScheduleSpec = {
  name: 'nightly',
  purpose: '',
  expression: 'cron(0 3 * * ? *)',
  timeZone: 'Europe/Berlin',
  target: { function: 'step' },
};

const withRule = (...rules: readonly RuleSpec[]) => ({
  ...linkedBlueprint,
  buses: [{ name: 'events', purpose: '', rules }],
});

const withSchedule = (...schedules: readonly ScheduleSpec[]) => ({ ...linkedBlueprint, schedules });

const withCreated = (...created: readonly CreatedSpec[]) => ({
  ...linkedBlueprint,
  buckets: [{ name: 'photos', purpose: '', created }],
});

const created: CreatedSpec = { name: 'arrived', prefix: 'in/', target: { workflow: 'price' } };

describe('checkEvents', () => {
  it('takes what fits', () => {
    checkEvents(withRule(rule, { ...rule, name: 'queue', target: { queue: 'work', input: 1 } }));
    checkEvents(withSchedule(schedule, { ...schedule, name: 'other', expression: 'rate(1 day)' }));
  });

  it('takes what new objects start', () => {
    checkEvents(withCreated(created, { ...created, name: 'all', prefix: '' }));
  });

  it('takes a queue for what cannot be started, of each that starts something', () => {
    const deadLetters = { queue: 'work' };
    checkEvents(withRule({ ...rule, deadLetters }));
    checkEvents(withSchedule({ ...schedule, deadLetters }));
    checkEvents(withCreated({ ...created, deadLetters }));
  });

  it.each([
    [
      withRule({ ...rule, deadLetters: { queue: 'nothing' } }),
      'rule large of the bus events: there is no queue nothing for dead letters',
    ],
    [
      withSchedule({ ...schedule, deadLetters: { queue: 'in-order' } }),
      'schedule nightly: in-order is FIFO, which takes no dead letters of events',
    ],
    [
      withCreated({ ...created, deadLetters: { queue: 'nothing' } }),
      'rule arrived of the bucket photos: there is no queue nothing for dead letters',
    ],
    [
      withCreated({ ...created, target: { workflow: 'nothing' } }),
      'rule arrived of the bucket photos: there is no workflow nothing',
    ],
    [withCreated({ ...created, prefix: 'in' }), 'its prefix "in" has to end in one slash'],
    [withCreated(created, created), 'there are two rules of new objects with the name arrived'],
    [
      withRule({ ...rule, target: { workflow: 'nothing' } }),
      'rule large of the bus events: there is no workflow nothing',
    ],
    [withRule({ ...rule, target: { function: 'nothing' } }), 'there is no function nothing'],
    [withRule({ ...rule, target: { queue: 'nothing' } }), 'there is no queue nothing'],
    [withRule({ ...rule, target: { queue: 'in-order' } }), 'in-order is FIFO'],
    [
      withRule({ ...rule, pattern: { source: 'shop' } }),
      'rule large of the bus events: source must be',
    ],
    [withRule({ ...rule, pattern: { source: ['x'.repeat(2048)] } }), 'has 2063 characters'],
    [withRule(rule, rule), 'there are two rules of the bus events with the name large'],
    [withRule({ ...rule, name: 'Large' }), 'Large: the name of one of the rules'],
    [
      withSchedule({ ...schedule, expression: 'daily' }),
      'schedule nightly: "daily" is no schedule',
    ],
    [
      withSchedule({ ...schedule, timeZone: 'Berlin' }),
      'schedule nightly: there is no time zone "Berlin"',
    ],
    [
      withSchedule({ ...schedule, target: { function: 'x' } }),
      'schedule nightly: there is no function x',
    ],
    [withSchedule(schedule, schedule), 'there are two schedules with the name nightly'],
  ])('refuses what does not, by name (%#)', (blueprint, message) => {
    expect(() => checkEvents(blueprint)).toThrow(BlueprintError);
    expect(() => checkEvents(blueprint)).toThrow(message);
  });
});
