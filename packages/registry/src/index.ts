export { codeState } from './code-state.ts';
export {
  ChecksumError,
  ManifestError,
  ModelKeyError,
  RegistryError,
  RegistryUnavailableError,
  UnknownModelError,
  UnknownVersionError,
  VersionExistsError,
} from './errors.ts';
export { fetchManifest } from './fetch-version.ts';
export type { ListedVersion } from './list-versions.ts';
export type {
  CategoryReference,
  DatasetRecord,
  DriftThresholds,
  FeatureReference,
  Lineage,
  Manifest,
  Metric,
  NumberReference,
  SessionSettings,
  SplitRule,
  TrainingMetrics,
  TrainingRecord,
} from './manifest.ts';
export { metricsOf } from './metrics.ts';
export {
  firstVersion,
  isModelName,
  isVersion,
  type ModelVersion,
  manifestKey,
  modelKey,
  parseModelKey,
  versionNumber,
} from './model-key.ts';
export { parseManifest } from './parse-manifest.ts';
export { createRegistry, type Registry } from './registry.ts';
export type { RegistryLocation } from './s3.ts';
