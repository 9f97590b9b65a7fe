import { type BucketLink, needsOfBucket } from './bucket.ts';
import { type BusLink, needsOfBus } from './bus.ts';
import { type ExecutionsLink, needsOfExecutions } from './executions.ts';
import { type FeatureStoreLink, needsOfFeatureStore } from './feature-store.ts';
import { type FunctionsLink, needsOfFunctions } from './functions.ts';
import { type JobLink, needsOfJob } from './job.ts';
import { type ModelLogsLink, needsOfModelLogs } from './model-logs.ts';
import { type ModelsLink, needsOfModels } from './models.ts';
import type { Named, Needs } from './needs.ts';
import { needsOfQueue, type QueueLink } from './queue.ts';
import { needsOfReleases, type ReleasesLink } from './releases.ts';
import { needsOfTable, type TableLink } from './table.ts';
import { needsOfTopic, type TopicLink } from './topic.ts';
import { needsOfWorkflows, type WorkflowsLink } from './workflows.ts';

/** Something that a function is given: it gets variables that say where it is, and the rights to use it. */
export type Link =
  | BucketLink
  | BusLink
  | ExecutionsLink
  | FeatureStoreLink
  | FunctionsLink
  | JobLink
  | ModelLogsLink
  | ModelsLink
  | QueueLink
  | ReleasesLink
  | TableLink
  | TopicLink
  | WorkflowsLink;

/**
 * Returns the needs of a link.
 *
 * @throws {BlueprintError} if it names what the blueprint does not have
 */
export function needsOfLink(link: Link, named: Named): Needs {
  switch (link.kind) {
    case 'bucket':
      return needsOfBucket(link, named);
    case 'bus':
      return needsOfBus(link, named);
    case 'executions':
      return needsOfExecutions(link, named);
    case 'feature-store':
      return needsOfFeatureStore(named);
    case 'functions':
      return needsOfFunctions(link, named);
    case 'job':
      return needsOfJob(link, named);
    case 'model-logs':
      return needsOfModelLogs(named);
    case 'models':
      return needsOfModels(named);
    case 'queue':
      return needsOfQueue(link, named);
    case 'releases':
      return needsOfReleases(link, named);
    case 'table':
      return needsOfTable(link, named);
    case 'topic':
      return needsOfTopic(link, named);
    case 'workflows':
      return needsOfWorkflows(named);
  }
}
