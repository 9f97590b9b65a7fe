import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { type MovableClock, movableClock } from '@chorus/asl';
import { serve, signedFetch, testCredentials } from '@chorus/emulator-aws/testing';
import { createEvents, type Delivery, type EventsOptions, type EventsService } from '../index.ts';

export const machine = 'arn:aws:states:us-east-1:000000000000:stateMachine:price';
export const fn = 'arn:aws:lambda:us-east-1:000000000000:function:step:live';
export const queue = 'arn:aws:sqs:us-east-1:000000000000:work';

/** When the clock of tests begins. */
export const start: number = Date.UTC(2027, 0, 1);

/** EventBridge and its Scheduler at a free port, whose targets keep what they get. */
export interface RunningEvents {
  readonly directory: string;
  readonly service: EventsService;
  readonly clock: MovableClock;
  readonly events: EventBridgeClient;
  readonly scheduler: SchedulerClient;
  /** Every attempt to deliver, and when it was. */
  readonly attempts: readonly { readonly at: number; readonly id: string }[];
  /** What was delivered, in order. */
  readonly delivered: readonly Delivery[];
  /** Lines for a person. */
  readonly said: readonly string[];
  /** How the next deliveries end; those after them succeed. */
  readonly outcomes: Error[];
  /** Begins to deliver. */
  resume(): void;
  /** Sends a signed request to EventBridge without the SDK. */
  ask(operation: string, body: string): Promise<Answer>;
  /** Sends a signed request to the Scheduler without the SDK. */
  askScheduler(method: string, path: string, body?: string): Promise<Answer>;
  /** Stops it; the folder stays. */
  stop(): Promise<void>;
  /** Stops it and removes the folder. */
  remove(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

export interface StartOptions extends Partial<EventsOptions> {
  /** When the clock begins. @default `start` */
  readonly now?: number;
}

/** Starts EventBridge for a test; nothing is delivered before `resume`. */
export async function startEvents({
  now = start,
  ...options
}: StartOptions = {}): Promise<RunningEvents> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'chorus-events-')));
  const clock = movableClock(now);
  const delivered: Delivery[] = [];
  const said: string[] = [];
  const outcomes: Error[] = [];
  const attempts: { at: number; id: string }[] = [];
  const take = async (delivery: Delivery): Promise<void> => {
    attempts.push({ at: clock.now(), id: delivery.id });
    const failure = outcomes.shift();
    if (failure !== undefined) throw failure;
    delivered.push(delivery);
  };
  const { service, handle, resume, close } = createEvents({
    clock,
    targets: { states: take, lambda: take, sqs: take },
    report: (line) => said.push(line),
    ...options,
    directory,
    credentials: testCredentials,
  });
  const port = await serve({ events: handle, scheduler: handle });
  const client = {
    endpoint: port.url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  };
  const events = new EventBridgeClient(client);
  const scheduler = new SchedulerClient(client);
  const send = async (
    service: 'events' | 'scheduler',
    path: string,
    init: object,
  ): Promise<Answer> => {
    const response = await signedFetch({
      url: `${port.url}${path}`,
      service,
      credentials: testCredentials,
      method: 'POST',
      ...init,
    });
    return { status: response.status, body: await response.json() };
  };
  const stop = async (): Promise<void> => {
    events.destroy();
    scheduler.destroy();
    await port.close();
    await close();
  };
  return {
    directory,
    service,
    clock,
    events,
    scheduler,
    attempts,
    delivered,
    said,
    outcomes,
    resume,
    ask: (operation, body) =>
      send('events', '/', { headers: { 'x-amz-target': `AWSEvents.${operation}` }, body }),
    askScheduler: (method, path, body) =>
      send('scheduler', path, { method, ...(body !== undefined && { body }) }),
    stop,
    async remove() {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
}
