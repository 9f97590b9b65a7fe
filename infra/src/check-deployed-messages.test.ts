import { type Blueprint, checkEvents, checkMessaging, type QueueSpec } from '@chorus/blueprint';
import { describe, expect, it } from 'vitest';
import { checkDeployedMessages } from './check-deployed-messages.ts';
import { OptionError } from './errors.ts';
import { withMessages } from './testing/messages.ts';

const check = (changed: Partial<Blueprint>) => () =>
  checkDeployedMessages({ ...withMessages, ...changed }, 'staging');

/** The blueprint with one more queue, or with another one of its name. */
const withQueue = (queue: Partial<QueueSpec>): Partial<Blueprint> => ({
  queues: [...(withMessages.queues ?? []), { name: 'more', purpose: '', ...queue }],
});

const dead = { queue: 'asked-dead', receives: 2 };

describe('messages', () => {
  it('as they are in the blueprint are taken', () => {
    expect(check({})).not.toThrow();
    checkMessaging(withMessages);
    checkEvents(withMessages);
    expect(check(withQueue({ consumer: { function: 'hear' }, deadLetters: dead }))).not.toThrow();
  });

  it.each<[string, Partial<Blueprint>, string]>([
    [
      'a queue with a longer name than SQS takes',
      withQueue({ name: 'q'.repeat(66) }),
      'has 81 characters, and AWS takes 80',
    ],
    [
      'a queue in order, whose ending counts',
      withQueue({ name: 'q'.repeat(61), fifo: true }),
      'has 81 characters',
    ],
    [
      'a schedule with a longer name',
      {
        schedules: [
          {
            name: 's'.repeat(50),
            purpose: '',
            expression: 'rate(1 day)',
            target: { workflow: 'rows' },
          },
        ],
      },
      'has 65 characters, and AWS takes 64',
    ],
    [
      'a consumer without dead letters',
      withQueue({ consumer: { function: 'hear' } }),
      'would come back until it is gone: say deadLetters',
    ],
    [
      'a topic that could be the one of alarms',
      { topics: [{ name: 'false-alarms', purpose: '', subscriptions: [] }] },
      "is that of the stage's alarms",
    ],
  ])('%s is refused by name', (_name, changed, message) => {
    expect(check(changed)).toThrow(OptionError);
    expect(check(changed)).toThrow(message);
  });
});
