import type { Clock } from '@chorus/asl';
import type { Blueprint } from '@chorus/blueprint';
import type { Pages } from '@chorus/pages';
import type { Folder } from './access/folder.ts';
import type { FeatureStore } from './feature-store.ts';
import type { FunctionHost } from './hosts/host.ts';

export interface CloudOptions {
  readonly blueprint: Blueprint;
  /** The host that functions run on. */
  readonly host: FunctionHost;
  /** The folder of all data. The caller releases it once the cloud is closed. */
  readonly folder: Folder;
  /** Port on 127.0.0.1; 0 takes a free one. */
  readonly port: number;
  /** The store for functions with `featureStore`; without it they start and find none. The cloud closes it. */
  readonly featureStore?: Promise<FeatureStore>;
  /** Until it resolves, routes of the API answer 503 with Retry-After; if it rejects, they go on doing so. */
  readonly ready?: Promise<unknown>;
  /** The blueprint's pages; without them there are none. The cloud closes them. */
  readonly pages?: Pages;
  /** Requests in flight; the others get 429. @default by cores and memory, see `capacityOf` */
  readonly inFlight?: number;
  /** The clock that faults on purpose end by. @default the time of day */
  readonly chaosClock?: Clock;
  /** Called with a line for a person. @default nothing is said */
  report?(line: string): void;
}
