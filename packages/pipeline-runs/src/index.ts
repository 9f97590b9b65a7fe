export type { FirstRun, PipelineRun, RunDrift, RunSource, RunStatus } from './pipeline-run.ts';
export {
  type Approval,
  type DataProblem,
  type Measured,
  type ModelEvaluation,
  type ModelTraining,
  type PhaseAnswers,
  type PromotedVersion,
  type PromotionPhase,
  type PublishedVersion,
  type RunFailure,
  type RunReport,
  summarise,
  type VersionFigures,
} from './run-report.ts';
export { openRuns, type RunEnding, type RunsTable } from './runs-table.ts';
