import type { Clock } from '@chorus/asl';
import { UndeliverableError } from './errors.ts';
import type { Store, StoredDelivery } from './store/open-store.ts';
import { serviceOf, type Targets } from './targets.ts';
import { alarm } from './until-woken.ts';

/** Deliveries at the same time. */
const atOnce = 32;

const second = 1000;

/** How long it takes until a delivery is tried again, in milliseconds: twice as long each time, up to a quarter of an hour. */
const patience = (attempts: number): number =>
  Math.min(second * 2 ** Math.min(attempts - 1, 20), 900 * second);

/** Retries of a delivery, as AWS has them when nothing else is said. */
export const usualRetries = 185;

/** How old a delivery may become, in milliseconds: a day. */
export const usualAge: number = 24 * 60 * 60 * second;

/** What a schedule's input may name of the attempt. */
const attemptNumber = '<aws.scheduler.attempt-number>';

/** Sends what is stored to its targets, at least once. */
export interface Delivering {
  /** Tells that there is something new. */
  wake(): void;
  /** Begins; also with what an earlier process did not end. */
  start(): void;
  /** Begins nothing any more; what is under way is delivered again at the next start. */
  close(): void;
}

export function delivering(store: Store, targets: Targets, clock: Clock): Delivering {
  const closing = new AbortController();
  const inFlight = new Set<number>();
  const { wake, wait } = alarm(clock, closing.signal);

  async function send(delivery: StoredDelivery): Promise<void> {
    const { arn, body, name, group, attributes, attempts } = delivery;
    const target = targets[serviceOf(arn, targets)];
    await target?.({
      arn,
      body: body.replaceAll(attemptNumber, String(attempts + 1)),
      id: name,
      ...(group !== undefined && { group }),
      ...(attributes !== undefined && { attributes }),
    });
  }

  /** Ends a delivery that is not tried again: its queue of dead letters gets it, if it has one. */
  function giveUp(delivery: StoredDelivery, attempts: number, error: unknown): void {
    const { id, arn, name, body, deadLetters, retries } = delivery;
    const why = error instanceof Error ? error.message : String(error);
    const now = clock.now();
    const isGone = error instanceof UndeliverableError;
    if (deadLetters === undefined) store.removeDelivery(id);
    else
      store.redirect(id, {
        arn: deadLetters.arn,
        body: body.replaceAll(attemptNumber, String(attempts)),
        attributes: {
          ...deadLetters.attributes,
          TARGET_ARN: arn,
          ERROR_CODE: isGone ? 'NO_RESOURCE' : 'ERROR_FROM_TARGET',
          ERROR_MESSAGE: why,
          RETRY_ATTEMPTS: String(attempts - 1),
          ...(!isGone && {
            EXHAUSTED_RETRY_CONDITION:
              attempts > retries ? 'MaximumRetryAttempts' : 'MaximumEventAgeInSeconds',
          }),
        },
        until: now + usualAge,
        due: now,
      });
    const kept = deadLetters === undefined ? '' : `; ${deadLetters.arn} gets it`;
    console.error(
      `${name} was not delivered to ${arn} in ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'} and is given up: ${why}${kept}`,
    );
  }

  async function attempt(delivery: StoredDelivery): Promise<void> {
    const { id, retries, until } = delivery;
    try {
      await send(delivery);
      if (!closing.signal.aborted) store.removeDelivery(id);
    } catch (error) {
      if (closing.signal.aborted) return;
      const attempts = delivery.attempts + 1;
      const due = clock.now() + patience(attempts);
      if (!(error instanceof UndeliverableError) && attempts <= retries && due <= until) {
        store.postpone(id, attempts, due);
        return;
      }
      giveUp(delivery, attempts, error);
    }
  }

  function begin(delivery: StoredDelivery): void {
    inFlight.add(delivery.id);
    attempt(delivery)
      .catch((error: unknown) => console.error('Events cannot be delivered:', error))
      .finally(() => {
        inFlight.delete(delivery.id);
        wake();
      });
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      const room = atOnce - inFlight.size;
      for (const delivery of store.due(clock.now(), room, inFlight)) begin(delivery);
      await wait(inFlight.size < atOnce ? store.nextDue(inFlight) : undefined);
    }
  }

  return {
    wake,
    start() {
      run().catch((error: unknown) => {
        if (!closing.signal.aborted) console.error('Events are not delivered any more:', error);
      });
    },
    close: () => closing.abort(),
  };
}
