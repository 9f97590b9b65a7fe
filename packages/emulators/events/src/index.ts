export type { LocalBus, LocalRule } from './bus/buses.ts';
export type { ServiceEvent } from './bus/put-events.ts';
export { createEvents, type EventsEmulator } from './create-events.ts';
export { UndeliverableError } from './errors.ts';
export type { Schedule } from './scheduler/schedule.ts';
export type { EventsOptions, EventsService } from './service.ts';
export type { Delivery, Targets } from './targets.ts';
