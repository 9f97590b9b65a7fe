import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { pipelinesPrefix } from '@chorus/blueprint';
import { openRuns, type RunReport, type RunSource, summarise } from '@chorus/pipeline-runs';
import type { Handler } from '@chorus/runtime/bootstrap';
import { isReadyEvent } from '@chorus/runtime/ready-event';
import type { RecordSettings } from './env.ts';
import { findSource, parseRunRequest } from './find-source.ts';
import { type ClaimStep, parseStep, type ReportStep, type WaitStep } from './steps.ts';

/** What a report ends a run with. */
interface Reported extends Pick<RunReport, 'status' | 'summary'> {
  readonly report: string;
}

/**
 * Makes the handler that writes down a run's beginning, its wait for a person, and its end. A step that comes twice changes nothing.
 *
 * @throws {InvalidRequestError} naming what is wrong with the event
 * @throws {NoDataError} when there is no file
 */
export function createHandler(
  { table, bucket, hasOwnEndpoint }: RecordSettings,
  clock: () => number = Date.now,
): Handler {
  const s3 = new S3Client({ forcePathStyle: hasOwnEndpoint });
  const runs = openRuns(new DynamoDBClient({}), table);

  async function claim({ pipeline, execution, started, request }: ClaimStep) {
    const wanted = parseRunRequest(request);
    const found = await findSource(s3, bucket, pipeline, wanted);
    const output = `${pipelinesPrefix}${pipeline}/${execution}/`;
    const { drift } = wanted;
    const run: RunSource = {
      pipeline,
      execution,
      started,
      ...found,
      output,
      ...(drift && { drift }),
    };
    const first = await runs.claim(run, wanted.again);
    await (first === undefined ? runs.begin(run) : runs.recordKnown(run, first));
    return first === undefined ? run : { ...run, first };
  }

  /** Writes a report. @returns its key */
  async function write(content: RunReport): Promise<string> {
    const key = `${content.output}report.json`;
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        ContentType: 'application/json',
        Body: `${JSON.stringify(content, null, 2)}\n`,
      }),
    );
    return key;
  }

  /** A person decides by the figures, so they are written before. */
  async function wait({ step: _, run, token, seconds, ...steps }: WaitStep): Promise<object> {
    const status = 'waiting';
    const summary = summarise({ ...empty, ...steps, ...run, status });
    const key = await write({ ...run, status, summary, ...empty, ...steps });
    const until = new Date(clock() + seconds * 1000).toISOString();
    await runs.wait(run, { token, summary, report: key, until });
    return { waiting: true };
  }

  async function report({ step: _, run, status, ...steps }: ReportStep): Promise<Reported> {
    const ended = new Date(clock()).toISOString();
    const summary = summarise({ ...empty, ...steps, ...run, status });
    const content: RunReport = { ...run, status, summary, ended, ...empty, ...steps };
    const key = await write(content);
    const live = Object.fromEntries(
      content.promoted.flatMap(({ model, version, outcome }) =>
        outcome === 'live' ? [[model, version]] : [],
      ),
    );
    await runs.end(run, { status, ended, report: key, summary, live });
    // It may be tried again with the same content.
    if (status === 'failed') await runs.release(run);
    return { status, summary, report: key };
  }

  return async (event, { notes }) => {
    if (isReadyEvent(event)) return { ready: true };
    const step = parseStep(event);
    notes['step'] = step.step;
    switch (step.step) {
      case 'claim':
        return claim(step);
      case 'ask':
        return wait(step);
      case 'report':
        return report(step);
    }
  };
}

/** What a report holds of steps that were not taken. */
const empty = {
  validation: null,
  data: null,
  trained: [],
  evaluation: [],
  published: [],
  approval: null,
  promoted: [],
} as const;
