/** The subpath `@chorus/registry/manifest`: what a cold start needs, free of the AWS SDK. */
export { ManifestError, ModelKeyError, RegistryError } from './errors.ts';
export type {
  CategoryReference,
  DatasetRecord,
  DriftThresholds,
  FeatureReference,
  ImageInput,
  ImageLabel,
  ImageOutput,
  ImageSection,
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
  checkName,
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
export { judgedOnSameRows, mayHaveSeen } from './same-rows.ts';
