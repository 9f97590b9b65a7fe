import { type Clock, wallClock } from '@chorus/asl';
import type { Fields } from '@chorus/emulator-aws';
import { type LocalBus, serveBuses } from './bus/buses.ts';
import { runOnBus } from './bus/operations.ts';
import { putServiceEvent, type ServiceEvent } from './bus/put-events.ts';
import { delivering } from './deliver.ts';
import { runOnScheduler, type SchedulerCall } from './scheduler/operations.ts';
import type { Schedule } from './scheduler/schedule.ts';
import { type Schedules, schedulesIn } from './scheduler/schedules.ts';
import { openStore } from './store/open-store.ts';
import type { Targets } from './targets.ts';

export interface EventsOptions {
  /** Folder of the file with what is to be delivered, and of the schedules. */
  readonly directory: string;
  readonly targets: Targets;
  /** The buses, beside the default one. @default none */
  readonly buses?: readonly LocalBus[];
  /** Schedules that are there from the beginning, and go when they are left out. @default none */
  readonly schedules?: readonly Schedule[];
  /** @default the machine's */
  readonly clock?: Clock;
  /** Called with a line for a person. @default nothing is said */
  report?(line: string): void;
}

/** EventBridge and its Scheduler. */
export interface EventsService {
  /**
   * Runs an operation of EventBridge: `PutEvents`. Events that were accepted are on disk when it returns.
   *
   * @throws {AwsApiError} if it does not succeed
   */
  run(operation: string, parameters: Fields): unknown;
  /** Runs an operation of the Scheduler. @throws {AwsApiError} if it does not succeed */
  runScheduler(call: SchedulerCall): unknown;
  /** Puts an event of another service of this cloud on the default bus: it is on disk when this returns. */
  announce(event: ServiceEvent): void;
  readonly schedules: Schedules;
}

/** The service, and what only its emulator needs. */
interface RunningEvents {
  readonly service: EventsService;
  resume(): void;
  close(): void;
}

/**
 * Opens buses and schedules; nothing is sent before `resume`.
 *
 * @throws {InvalidPatternError} for a rule's pattern that is none
 * @throws {InvalidExpressionError} for a schedule's expression that is none
 * @throws {AwsApiError} ValidationException for a target that is not done here
 * @throws {LocalCloudError} if the file cannot be used
 */
export function startService(options: EventsOptions): RunningEvents {
  const { directory, targets, clock = wallClock, report = () => {} } = options;
  const buses = serveBuses(options.buses ?? [], targets);
  const store = openStore(directory);
  const deliveries = delivering(store, targets, clock);
  const fired = () => deliveries.wake();
  const schedules = schedulesIn({ store, targets, clock, fired, report });
  try {
    schedules.follow(options.schedules ?? []);
  } catch (error) {
    store.close();
    throw error;
  }
  return {
    service: {
      run(operation, parameters) {
        const answer = runOnBus(operation, parameters, { buses, store, clock });
        deliveries.wake();
        return answer;
      },
      announce(event) {
        putServiceEvent(event, { buses, store, clock });
        deliveries.wake();
      },
      runScheduler: (call) => runOnScheduler(schedules, call),
      schedules,
    },
    resume() {
      deliveries.start();
      schedules.start();
    },
    close() {
      schedules.close();
      deliveries.close();
      store.close();
    },
  };
}
