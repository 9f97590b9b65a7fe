import { randomUUID } from 'node:crypto';
import type { Clock } from '@chorus/asl';
import { accountId, region } from '@chorus/emulator-aws';
import { usualAge, usualRetries } from '../deliver.ts';
import { noSchedule } from '../errors.ts';
import type { Store, StoredSchedule } from '../store/open-store.ts';
import { checkDeadLetters, serviceOf, type Targets } from '../targets.ts';
import { alarm } from '../until-woken.ts';
import { expressionOf, type KeptSchedule, nextOf, type Schedule } from './schedule.ts';

/** Returns the ARN of a schedule, which is in the default group. */
export const scheduleArn = (name: string): string =>
  `arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`;

/** The schedules of EventBridge Scheduler. */
export interface Schedules {
  list(): readonly KeptSchedule[];
  /** @throws {AwsApiError} ResourceNotFoundException */
  find(name: string): KeptSchedule;
  has(name: string): boolean;
  /**
   * Adds or replaces a schedule; it fires from now on.
   *
   * @throws {InvalidExpressionError} for an expression or a time zone that is none
   * @throws {AwsApiError} ValidationException for a target that is not done here
   */
  put(schedule: Schedule, more?: { readonly token?: string }): KeptSchedule;
  /** @throws {AwsApiError} ResourceNotFoundException */
  remove(name: string): void;
}

interface Surroundings {
  readonly store: Store;
  readonly targets: Targets;
  readonly clock: Clock;
  /** Called when a delivery was stored. */
  fired(): void;
  /** Called with a line for a person. */
  report(line: string): void;
}

const isoTime = (moment: number): string => new Date(moment).toISOString().replace(/\.\d+Z$/, 'Z');

/** What a target is sent by a schedule without an input. */
const notification = (name: string, id: string, time: string): string =>
  JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time,
    region,
    resources: [scheduleArn(name)],
    detail: '{}',
  });

const keptOf = ({ schedule }: StoredSchedule): KeptSchedule => JSON.parse(schedule);

/** How a schedule is written, without what the service adds. */
function saidOf({
  created: _,
  modified: __,
  token: ___,
  isOfBlueprint: ____,
  ...said
}: KeptSchedule): Schedule {
  return said;
}

/** Schedules that fire: when, is on disk with what they send, so that a restart neither loses nor repeats it. */
export function schedulesIn({ store, targets, clock, fired, report }: Surroundings): Schedules & {
  /** Brings the schedules up to date with those of the blueprint. */
  follow(blueprint: readonly Schedule[]): void;
  start(): void;
  close(): void;
} {
  const closing = new AbortController();
  const { wake, wait } = alarm(clock, closing.signal);

  function keep(schedule: KeptSchedule): KeptSchedule {
    serviceOf(schedule.target.arn, targets);
    checkDeadLetters(schedule.target.deadLetters, targets);
    expressionOf(schedule);
    const { name, startDate, modified } = schedule;
    // A rate without a start date begins at once.
    const start = startDate ?? modified;
    const next = nextOf(schedule, modified - 1, start);
    const text = JSON.stringify(schedule);
    store.putSchedule({ name, schedule: text, start, ...(next !== undefined && { next }) });
    wake();
    return schedule;
  }

  function fire(stored: StoredSchedule & { readonly next: number }): void {
    const { name, next: moment, start } = stored;
    const schedule = keptOf(stored);
    const { target, isDeletedAfterwards = false } = schedule;
    const now = clock.now();
    const following = nextOf(schedule, moment, start);
    const isBehind = following !== undefined && following <= now;
    // However many times have passed while nothing ran, it fires once for them.
    const next = isBehind ? nextOf(schedule, now, start) : following;
    const id = randomUUID();
    const body = (target.input ?? notification(name, id, isoTime(moment)))
      .replaceAll('<aws.scheduler.schedule-arn>', scheduleArn(name))
      .replaceAll('<aws.scheduler.scheduled-time>', isoTime(moment))
      .replaceAll('<aws.scheduler.execution-id>', id);
    store.transact(() => {
      store.addDelivery({
        name: id,
        arn: target.arn,
        body,
        ...(target.group !== undefined && { group: target.group }),
        ...(target.deadLetters !== undefined && {
          deadLetters: {
            arn: target.deadLetters,
            attributes: {
              SCHEDULE_ARN: scheduleArn(name),
              SCHEDULED_TIME: isoTime(moment),
              EXECUTION_ID: id,
              IS_PAYLOAD_TRUNCATED: 'false',
            },
          },
        }),
        retries: target.retries ?? usualRetries,
        until: now + (target.maxAgeSeconds === undefined ? usualAge : target.maxAgeSeconds * 1000),
        due: now,
      });
      if (next === undefined && isDeletedAfterwards) store.removeSchedule(name);
      else
        store.putSchedule({
          name,
          schedule: stored.schedule,
          start,
          ...(next !== undefined && { next }),
        });
    });
    if (isBehind)
      report(
        `The schedule ${name} should have fired at ${isoTime(moment)} and since, while nothing ran here: it fires once now.`,
      );
    fired();
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const first = store.firstSchedule();
      if (first !== undefined && first.next <= clock.now()) fire(first);
      else await wait(first?.next);
    }
  }

  function find(name: string): KeptSchedule {
    const stored = store.schedule(name);
    if (stored === undefined) throw noSchedule(name);
    return keptOf(stored);
  }

  return {
    list: () => store.schedules().map(keptOf),
    find,
    has: (name) => store.schedule(name) !== undefined,
    put(schedule, { token } = {}) {
      const now = clock.now();
      const before = store.schedule(schedule.name);
      const created = before === undefined ? now : keptOf(before).created;
      const isOfBlueprint = before !== undefined && keptOf(before).isOfBlueprint === true;
      return keep({
        ...schedule,
        created,
        modified: now,
        ...(token !== undefined && { token }),
        ...(isOfBlueprint && { isOfBlueprint }),
      });
    },
    remove(name) {
      find(name);
      store.removeSchedule(name);
    },
    follow(blueprint) {
      store.transact(() => {
        for (const kept of store.schedules().map(keptOf))
          if (kept.isOfBlueprint && !blueprint.some(({ name }) => name === kept.name))
            store.removeSchedule(kept.name);
        for (const schedule of blueprint) {
          const stored = store.schedule(schedule.name);
          const kept = stored && keptOf(stored);
          // What has not changed goes on where it was.
          const isSame =
            kept?.isOfBlueprint === true &&
            JSON.stringify(saidOf(kept)) === JSON.stringify(schedule);
          if (isSame) serviceOf(schedule.target.arn, targets);
          else {
            const now = clock.now();
            keep({
              ...schedule,
              created: kept?.created ?? now,
              modified: now,
              isOfBlueprint: true,
            });
          }
        }
      });
    },
    start() {
      run().catch((error: unknown) => {
        if (!closing.signal.aborted) console.error('Schedules do not fire any more:', error);
      });
    },
    close: () => closing.abort(),
  };
}
