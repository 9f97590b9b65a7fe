import { pascalCase } from '../names.ts';

/** The bucket of training data, and of what pipelines make of it. */
export const trainingBucket = 'training';

/** The table of what became of each run, and of which content has been seen. */
export const pipelineRunsTable = 'pipeline-runs';

/** The queue of events that should have started a pipeline and could not, with the reason in their attributes. */
export const unstartedQueue = 'pipelines-unstarted';

/** Start of the keys of a pipeline's training data. */
export const trainingDataPrefix = (pipeline: string): string => `training-data/${pipeline}/`;

/** Start of the keys of what pipelines make. */
export const pipelinesPrefix = 'pipelines/';

/** Start of the keys of what a run needs while it lasts, and of what is of no use after it. */
export const scratchPrefix = 'scratch/';

/** Returns the name of the state machine of a pipeline. */
export const pipelineMachineName = (pipeline: string): string => `${pipeline}-pipeline`;

/** Returns the name of the pipeline that a state machine is. */
export const pipelineOfMachine = (machine: string): string =>
  machine.slice(0, -pipelineMachineName('').length);

/** The name of the state that trains a model: `Train some-model`. */
export const trainingState = (model: string): string => `Train ${pascalCase(model)}`;
