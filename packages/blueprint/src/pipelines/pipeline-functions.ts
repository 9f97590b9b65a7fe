/** The functions of pipelines: each takes one step, for any of them. */

import { task } from '../functions.ts';
import { type BucketLink, bucket } from '../links/bucket.ts';
import { models } from '../links/models.ts';
import { releases } from '../links/releases.ts';
import { table } from '../links/table.ts';
import type { FunctionSpec } from '../types.ts';
import { pipelineRunsTable, pipelinesPrefix, scratchPrefix, trainingBucket } from './names.ts';

/** Longest that Lambda lets a function run. */
export const longestSeconds = 900;

/** Most trainings that the function does at the same time: shares, trials and whole ones. */
export const trainingsAtOnce = 10;

const readsData = bucket(trainingBucket, { access: 'read', prefix: 'training-data/' });
const readsMade = bucket(trainingBucket, { access: 'read', prefix: pipelinesPrefix });
const makes = bucket(trainingBucket, { access: 'write', prefix: pipelinesPrefix });

/** What a training may use, and the state machine that tells jobs what to do. */
export const linksOfTraining: readonly BucketLink[] = [
  readsMade,
  makes,
  bucket(trainingBucket, { access: 'read', prefix: scratchPrefix }),
  bucket(trainingBucket, { access: 'write', prefix: scratchPrefix }),
];

/** Writes down what becomes of each run: it is begun once for each content, waits for a person, ends with a report. */
export const recordRun: FunctionSpec = task('record-run', {
  memoryMb: 256,
  timeoutSeconds: 30,
  links: [table(pipelineRunsTable, { access: 'read-write' }), readsData, makes],
});

/** Judges a file, and makes of it the rows to learn from and those to judge by. */
export const prepareData: FunctionSpec = task('prepare-data', {
  memoryMb: 2048,
  timeoutSeconds: longestSeconds,
  temporaryStorageMb: 2048,
  concurrency: 4,
  links: [readsData, makes],
});

/** Trains one model. */
export const train: FunctionSpec = task('train', {
  memoryMb: 3008,
  timeoutSeconds: longestSeconds,
  temporaryStorageMb: 2048,
  concurrency: trainingsAtOnce,
  links: linksOfTraining,
});

/** Asks what is live and what was trained about the same rows. */
export const evaluateModels: FunctionSpec = task('evaluate-models', {
  memoryMb: 2048,
  timeoutSeconds: longestSeconds,
  temporaryStorageMb: 2048,
  concurrency: 4,
  links: [readsMade, models()],
});

/** Publishes versions of these models, and makes them live. */
export const releaseOf = (names: readonly [string, ...string[]]): FunctionSpec =>
  task('release', {
    memoryMb: 1024,
    timeoutSeconds: longestSeconds,
    // The lock of a model lets one after the other; other models need not wait for it.
    concurrency: 4,
    links: [readsMade, makes, releases(...names)],
  });
