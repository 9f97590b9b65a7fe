export { accountId, region } from '@chorus/emulator-aws';
export { type Folder, openFolder } from './access/folder.ts';
export { type Cloud, startCloud } from './cloud.ts';
export type { CloudOptions } from './cloud-options.ts';
export {
  type FeatureAddresses,
  type FeatureServers,
  type FeatureStore,
  type FeatureStoreOptions,
  openFeatureStore,
} from './feature-store.ts';
export { containers } from './hosts/containers.ts';
export type { FunctionHost } from './hosts/host.ts';
export { processes } from './hosts/processes.ts';

export { publishModels } from './publish-models.ts';
