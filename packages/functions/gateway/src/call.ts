import type { HttpRequest } from '@chorus/runtime/proxy-event';
import type { Clients } from './clients.ts';
import type { Times } from './deadline.ts';
import type { ModelConfigurations } from './model-configurations.ts';
import type { ModelVersions } from './model-versions.ts';
import type { FunctionSize, Served } from './served.ts';

/** The objects that live as long as the process. */
export interface Service {
  readonly served: Served;
  readonly clients: Clients;
  readonly configurations: ModelConfigurations;
  readonly modelVersions: ModelVersions;
  /** Bucket for photos that are too large for a state machine's input; undefined when there is none. */
  readonly uploadsBucket: string | undefined;
  /** The OpenAPI document of the whole API; undefined when there is none. */
  readonly document: (() => unknown) | undefined;
  /** The size of the function that this runs in. */
  readonly size: FunctionSize;
}

/** One request that found its route. */
export interface Call extends Times {
  readonly request: HttpRequest;
  /** Version in the path. */
  readonly version: string | undefined;
}
