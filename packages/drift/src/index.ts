export {
  binOf,
  type Counts,
  merge,
  mergeCounts,
  noCounts,
  rowsOf,
  type WindowCounts,
} from './counts.ts';
export {
  jensenShannon,
  kolmogorovSmirnov,
  stabilityIndex,
  wasserstein,
} from './distances.ts';
export { CountsMismatchError, DriftError } from './errors.ts';
export {
  type FeatureVerdict,
  type JudgeOptions,
  judge,
  judgeFeature,
  type Reason,
  type Verdict,
  type WindowVerdict,
} from './judge.ts';
export {
  type Label,
  type LabelItem,
  type LiveMetrics,
  labelItem,
  labelPrefix,
  liveMetrics,
  readLabelItem,
} from './labels.ts';
export type { QualityProblem } from './quality.ts';
export { summariseCategories, summariseNumbers, withThresholds } from './summarise.ts';
export { type Distances, minimumRows } from './thresholds.ts';
export { readWindowItem, type WindowItem, windowItem } from './window-item.ts';
