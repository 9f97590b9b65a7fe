export { keyHeader } from '@chorus/resilience';
export type {
  Answer,
  AnsweredBody,
  AnswerSpec,
  AnswerTensors,
  ShownAnswer,
  WorkflowAnswer,
} from './answers/answer.ts';
export { recordOf } from './answers/answer.ts';
export { first } from './answers/first.ts';
export { majority } from './answers/majority.ts';
export { mean } from './answers/mean.ts';
export { median } from './answers/median.ts';
export { output } from './answers/output.ts';
export { softVote } from './answers/soft-vote.ts';
export { weighted } from './answers/weighted.ts';
export type { AcceptInput } from './asynchronous/accept.ts';
export {
  type Asynchronous,
  type AsynchronousOptions,
  asynchronous,
} from './asynchronous/asynchronous.ts';
export {
  asynchronousQuery,
  chooseMachine,
  type MachineQuery,
  webhookQuery,
} from './asynchronous/choose-machine.ts';
export {
  deadLettersQueue,
  finishName,
  predictionDays,
  predictionsBus,
  predictionsPath,
  predictionsQueue,
  predictionsTable,
  questionsQueue,
  webhooksTable,
} from './asynchronous/names.ts';
export { withoutFanOut } from './asynchronous/without-fan-out.ts';
export { type Batches, type BatchSchedule, batches } from './batches/batches.ts';
export { batchesBucket, batchMachineName } from './batches/names.ts';
export { checkEvents } from './check-events.ts';
export { checkMachines } from './check-machines.ts';
export { checkMessaging } from './check-messaging.ts';
export { consumerSchedules, takeEvent } from './consumer-schedules.ts';
export { type DriftDetail, driftBus, driftEvent, driftPattern } from './drift/drift-event.ts';
export { countDriftName, type DriftWatch, driftTable, watchDrift } from './drift/watch-drift.ts';
export { BlueprintError } from './errors.ts';
export { examplesOf } from './examples.ts';
export {
  gateway,
  gatewayName,
  http,
  model,
  onnxModel,
  onnxModelSource,
  task,
} from './functions.ts';
export { type Idempotent, idempotent, requestLink } from './idempotency/idempotent.ts';
export type { OnceInput } from './idempotency/once.ts';
export { checkJobs } from './jobs/check-jobs.ts';
export { type JobRetry, type JobSpec, retryOf, type SageMakerSpec } from './jobs/job-spec.ts';
export { type JobStep, jobStates } from './jobs/job-states.ts';
export { jsonata } from './jsonata.ts';
export {
  apiTimeoutSeconds,
  budgetMs,
  maxInputBytes,
  mostAttempts,
  timeoutSeconds,
} from './limits.ts';
export { bucket } from './links/bucket.ts';
export { bus } from './links/bus.ts';
export { executions } from './links/executions.ts';
export { featureStore } from './links/feature-store.ts';
export { functions } from './links/functions.ts';
export { job } from './links/job.ts';
export type { Link } from './links/link.ts';
export { modelLogs } from './links/model-logs.ts';
export { models } from './links/models.ts';
export type { Needs, Resource, Statement, Value } from './links/needs.ts';
export { needsOfFunction } from './links/needs-of-function.ts';
export { needsOfWorkflow } from './links/needs-of-workflow.ts';
export { queue } from './links/queue.ts';
export { releases } from './links/releases.ts';
export { table } from './links/table.ts';
export { topic } from './links/topic.ts';
export { workflows } from './links/workflows.ts';
export type {
  BusSpec,
  ConsumerSpec,
  DeadLettersSpec,
  QueueSpec,
  RuleSpec,
  ScheduleSpec,
  SubscriptionSpec,
  TargetSpec,
  TopicSpec,
} from './messaging.ts';
export {
  defaultStage,
  imageName,
  isStageName,
  jobImageVariable,
  jobQueueName,
  jobRoleVariable,
  liveAlias,
  physicalName,
  queueName,
  stagePrefix,
  stageVariablePrefix,
  substitutionKey,
  tracedName,
  versionVariable,
} from './names.ts';
export { narrow, type Part } from './narrow.ts';
export { objectCreatedPattern } from './object-created.ts';
export type { Given } from './outcome.ts';
export {
  pageCacheControl,
  pageContentType,
  pageSecurityHeaders,
  pageSettings,
} from './page-files.ts';
export type { PageSpec } from './pages.ts';
export {
  pipelineMachineName,
  pipelineRunsTable,
  pipelinesPrefix,
  trainingBucket,
  trainingDataPrefix,
  unstartedQueue,
} from './pipelines/names.ts';
export type {
  PipelinePromotion,
  PipelineSpec,
  PipelineStart,
  PipelineTrial,
  TargetColumn,
  TrainedModelSpec,
  TrialLimits,
} from './pipelines/pipeline-spec.ts';
export { type Pipelines, pipelines, pipelinesOf } from './pipelines/pipelines.ts';
export { tableSchema } from './pipelines/table-schema.ts';
export { mostProbable, shownClasses } from './probabilities.ts';
export { curlLine } from './requests/curl-line.ts';
export { photo } from './requests/photo.ts';
export type {
  InputMeans,
  JsonSchema,
  MemberOutline,
  Request,
  Terminal,
  WorkflowRequest,
} from './requests/request.ts';
export type { RowColumn } from './requests/row-columns.ts';
export { rows } from './requests/rows.ts';
export { text } from './requests/text.ts';
export { routeToModels } from './serve-models.ts';
export { functionsOf, isExpress, routesTo } from './serve-workflows.ts';
export type {
  Architecture,
  Canary,
  DomainSpec,
  FunctionSize,
  JwtSpec,
  Rate,
  Repository,
  StageSpec,
} from './stage-spec.ts';
export type { Step } from './step.ts';
export { type AskOptions, ask } from './steps/ask.ts';
export { breakerTables } from './steps/breaker.ts';
export { choose } from './steps/choose.ts';
export { each } from './steps/each.ts';
export { fallback } from './steps/fallback.ts';
export { gather } from './steps/gather.ts';
export { give } from './steps/give.ts';
export { sequence } from './steps/sequence.ts';
export { split } from './steps/split.ts';
export { refuseTrace, type Traced, traced, traceQuery } from './trace/traced.ts';
export type {
  AsynchronousRoute,
  AsynchronousSpec,
  Blueprint,
  BucketSpec,
  CreatedSpec,
  FannedOut,
  FeatureStoreSpec,
  FunctionSpec,
  IndexSpec,
  KeyAttribute,
  MachineSpec,
  ParameterDocument,
  RouteDocument,
  RouteSpec,
  StateMachineSpec,
  TableSpec,
  WorkflowLink,
  WorkflowSpec,
  WorkflowType,
} from './types.ts';
export { type Workflow, workflow } from './workflow.ts';
