import { queueArn } from '@chorus/emulator-aws';
import { notFound } from '../errors.ts';
import type { EventQueues, EventSource } from './event-source.ts';
import { mappingConfiguration, mappingId } from './mapping.ts';
import { type Poller, type PollerOptions, startPoller } from './poller.ts';

/** The pollers of all event sources. */
export interface Pollers {
  /** Begins to give messages to functions. */
  start(): void;
  /** Resolves when the events at work are answered. */
  stop(): Promise<void>;
  /**
   * The mappings as the API shows them, of one function or one queue where those are given.
   *
   * @param functionName physical name
   */
  list(
    functionName?: string,
    eventSourceArn?: string,
  ): readonly Readonly<Record<string, unknown>>[];
  /** @throws {LambdaError} ResourceNotFoundException */
  get(id: string): Readonly<Record<string, unknown>>;
}

export interface PollersOptions extends Omit<PollerOptions, 'queues'> {
  readonly sources: readonly EventSource[];
  readonly queues: EventQueues | undefined;
}

/** Starts nothing yet: functions may not be there. */
export function createPollers({ sources, queues, ...options }: PollersOptions): Pollers {
  const started = options.clock.now();
  const pollers = new Map<EventSource, Poller>();
  let stopped: Promise<unknown> | undefined;
  const shown = (source: EventSource) =>
    mappingConfiguration(source, {
      started,
      lastResult: pollers.get(source)?.lastResult ?? 'No records processed',
    });
  return {
    start() {
      if (queues === undefined || stopped !== undefined) return;
      for (const source of sources)
        if (!pollers.has(source)) pollers.set(source, startPoller(source, { ...options, queues }));
    },
    async stop() {
      stopped ??= Promise.all([...pollers.values()].map((poller) => poller.stop()));
      await stopped;
    },
    list: (functionName, eventSourceArn) =>
      sources
        .filter((each) => functionName === undefined || each.functionName === functionName)
        .filter(({ queue }) => eventSourceArn === undefined || queueArn(queue) === eventSourceArn)
        .map(shown),
    get(id) {
      const found = sources.find((each) => mappingId(each) === id);
      if (found === undefined) throw notFound('The resource you requested does not exist.');
      return shown(found);
    },
  };
}
