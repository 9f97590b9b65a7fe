/** The stage that is deployed, and asked, when no other is named. */
export const defaultStage = 'production';

/** Whether a text can name a stage: at most 20 small letters, digits and hyphens, a letter first. */
export function isStageName(text: string): boolean {
  return /^[a-z][a-z0-9-]{0,19}$/.test(text);
}

/** The first part of a stage's physical names: `chorus` for the default stage, `chorus-staging` for `staging`. */
export function stagePrefix(stage: string): string {
  return stage === defaultStage ? 'chorus' : `chorus-${stage}`;
}

/**
 * Returns the physical name of a function, state machine, bucket or stack: `chorus-random-forest`, and
 * `chorus-staging-random-forest` for the stage `staging`. The local cloud has the names of the default stage.
 */
export function physicalName(name: string, stage: string = defaultStage): string {
  return `${stagePrefix(stage)}-${name}`;
}

/** The first part of a stage's environment variables: `STAGING_`; empty for the default stage. */
export function stageVariablePrefix(stage: string): string {
  return stage === defaultStage ? '' : `${stage.replaceAll('-', '_').toUpperCase()}_`;
}

/**
 * Returns the name of the image that a function's package is built into: `chorus-svr:local` for `packages/models/svr`. Functions
 * of one package share it.
 */
export function imageName(source: string): string {
  return `chorus-${source.slice(source.lastIndexOf('/') + 1)}:local`;
}

/** The token that stands for a function's ARN in a definition: `${random_forest}`. */
export function substitutionKey(functionName: string): string {
  return functionName.replaceAll('-', '_');
}

/** The environment variable that pins a model's version at start or deploy: `RANDOM_FOREST_MODEL_VERSION`. */
export function versionVariable(modelName: string): string {
  return `${modelName.replaceAll('-', '_').toUpperCase()}_MODEL_VERSION`;
}

/** The alias of every model's function that is invoked; which version of the function it names is what a promotion moves. */
export const liveAlias = 'live';

/** The environment variable that names a bucket: `UPLOADS_BUCKET`. */
export function bucketVariable(bucketName: string): string {
  return `${bucketName.replaceAll('-', '_').toUpperCase()}_BUCKET`;
}

/** The environment variable that names a table: `REVIEWS_TABLE`. */
export function tableVariable(tableName: string): string {
  return `${tableName.replaceAll('-', '_').toUpperCase()}_TABLE`;
}

/** The environment variable that has a queue's URL: `DEAD_LETTERS_QUEUE`. */
export function queueVariable(queue: string): string {
  return `${queue.replaceAll('-', '_').toUpperCase()}_QUEUE`;
}

/** The environment variable that has a topic's ARN: `REQUESTS_TOPIC`. */
export function topicVariable(topic: string): string {
  return `${topic.replaceAll('-', '_').toUpperCase()}_TOPIC`;
}

/** The environment variable that has the name of a bus of events: `EVENTS_BUS`. */
export function busVariable(bus: string): string {
  return `${bus.replaceAll('-', '_').toUpperCase()}_BUS`;
}

/** The environment variable that has the ARN of a workflow's state machine: `SOME_FLOW_WORKFLOW`. */
export function workflowVariable(workflow: string): string {
  return `${workflow.replaceAll('-', '_').toUpperCase()}_WORKFLOW`;
}

/** Returns the queue of a job: that of Spot capacity, or of capacity that stays. */
export function jobQueueName({ spot = true }: { readonly spot?: boolean }): string {
  return spot ? 'jobs-on-spot' : 'jobs';
}

/** The variable that has the ARN of a job definition: `BIG_FIT_JOB`. */
export function jobVariable(job: string): string {
  return `${job.replaceAll('-', '_').toUpperCase()}_JOB`;
}

/** The variable that has the ARN of a job's queue: `BIG_FIT_JOB_QUEUE`. */
export function jobQueueVariable(job: string): string {
  return `${jobVariable(job)}_QUEUE`;
}

/** The variable that has the image of a job that SageMaker runs: `BIG_FIT_JOB_IMAGE`. */
export function jobImageVariable(job: string): string {
  return `${jobVariable(job)}_IMAGE`;
}

/** The variable that has the ARN of the role of a job that SageMaker runs: `BIG_FIT_JOB_ROLE`. */
export function jobRoleVariable(job: string): string {
  return `${jobVariable(job)}_ROLE`;
}

/** The name of the state machine that answers as a workflow does, with a timeline. */
export function tracedName(workflow: string): string {
  return `${workflow}-traced`;
}

/** Returns the physical name of a queue, which ends in `.fifo` if it keeps the order. */
export function queueName(
  { name, fifo = false }: { readonly name: string; readonly fifo?: boolean },
  stage: string = defaultStage,
): string {
  return `${physicalName(name, stage)}${fifo ? '.fifo' : ''}`;
}

/** The environment variable that names a function to call: `LOCATE_FUNCTION`. */
export function functionVariable(functionName: string): string {
  return `${functionName.replaceAll('-', '_').toUpperCase()}_FUNCTION`;
}

/** A name as a part of a statement's id, which takes letters and digits only: `raw-photos` is `RawPhotos`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');
}

/** A name as a variable of JSONata: `dense-1` becomes `dense_1`. */
export function variableOf(name: string): string {
  return name.replaceAll(/\W/g, '_').replace(/^(?=\d)/, '_');
}
