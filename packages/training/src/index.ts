export type {
  TrainedModel,
  TrainingProgress,
  TrainingRun,
  TrainingStep,
  UnversionedManifest,
} from './conclude-training.ts';
export { boston } from './datasets/boston.ts';
export { bostonColumns, bostonSchema } from './datasets/boston-columns.ts';
export { type CsvColumns, csvDataset, parseCsv } from './datasets/csv.ts';
export type { Dataset, LoadedDataset } from './datasets/dataset.ts';
export { OptionError, ParityError, TrainingError } from './errors.ts';
export {
  type ComparisonOptions,
  comparePaired,
  errorsOf,
  evaluateVersions,
  type MeasuredVersion,
  measureVersion,
  type PairedComparison,
  type VersionEvaluation,
} from './evaluation/evaluate-versions.ts';
export type { Interval } from './evaluation/interval.ts';
export { evaluate, type Metrics } from './metrics.ts';
export { type GivenOptions, type OptionRule, resolveOptions } from './options.ts';
export type { Recipe } from './recipe.ts';
export { type Checkpoints, folderCheckpoints } from './rows/checkpoints.ts';
export { fitRows } from './rows/fit-rows.ts';
export { collectRows, type RowSource, tableRows } from './rows/row-source.ts';
export type { Table } from './table.ts';
export { type SplitDataset, type TrainOverrides, train, trainOn } from './train.ts';
export { type SplitRows, type TrainOnRowsOptions, trainOnRows } from './train-rows.ts';
export type {
  FitContext,
  FitRowsContext,
  FittedModel,
  GraphPorts,
  Trainer,
  TrainerShares,
} from './trainer.ts';
export { trainerNamed, usualTrainer } from './trainers/by-name.ts';
export { ordinaryLeastSquares } from './trainers/ordinary-least-squares.ts';
export { randomForest } from './trainers/random-forest.ts';
export { supportVectorRegression } from './trainers/support-vector-regression.ts';
