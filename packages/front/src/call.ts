import type { Clients } from './clients.ts';
import type { Times } from './deadline.ts';
import type { HttpRequest } from './http-event.ts';
import type { LiveModels } from './live-models.ts';
import type { Served } from './served.ts';

/** What lives as long as the process. */
export interface Service {
  readonly served: Served;
  readonly clients: Clients;
  readonly liveModels: LiveModels;
}

/** One request that found its route. */
export interface Call extends Times {
  readonly request: HttpRequest;
  /** Version in the path. */
  readonly version: string | undefined;
}
