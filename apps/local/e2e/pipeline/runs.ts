import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  physicalName,
  pipelineRunsTable,
  trainingBucket,
  trainingDataPrefix,
} from '@chorus/blueprint';
import { openRuns, type PipelineRun, type RunReport } from '@chorus/pipeline-runs';
import { expect } from 'vitest';
import { region } from '../../src/index.ts';
import type { TestCloud } from '../test-cloud.ts';

/** The longest that a run may take here, in milliseconds: generous, for a machine that does other things. */
const patience = 300_000;

/** Uploads files for a pipeline, and follows what becomes of them. */
export interface Runs {
  /** Puts a file where the pipeline looks for it. */
  upload(name: string, body: string): Promise<void>;
  list(): Promise<readonly PipelineRun[]>;
  /** Waits for the end of the newest run about a file. */
  end(name: string): Promise<PipelineRun>;
  report(run: PipelineRun): Promise<RunReport>;
  close(): void;
}

export function followRuns(
  { url: endpoint, credentials }: Pick<TestCloud, 'url' | 'credentials'>,
  pipeline: string,
): Runs {
  const client = { endpoint, region, credentials };
  const s3 = new S3Client({ ...client, forcePathStyle: true });
  const dynamodb = new DynamoDBClient(client);
  const table = openRuns(dynamodb, physicalName(pipelineRunsTable));
  const Bucket = physicalName(trainingBucket);
  const keyOf = (name: string) => `${trainingDataPrefix(pipeline)}${name}`;
  const list = () => table.list(pipeline, 100);
  return {
    async upload(name, body) {
      const Body = Buffer.from(body);
      await s3.send(new PutObjectCommand({ Bucket, Key: keyOf(name), Body }));
    },
    list,
    async end(name) {
      let found: PipelineRun | undefined;
      await expect
        .poll(
          async () => {
            found = (await list()).find(({ key }) => key === keyOf(name));
            return found?.ended;
          },
          { timeout: patience, interval: 200 },
        )
        .toBeDefined();
      if (found === undefined) throw new Error(`no run about ${name}`);
      return found;
    },
    async report({ report: Key }) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return JSON.parse((await Body?.transformToString()) ?? '');
    },
    close() {
      s3.destroy();
      dynamodb.destroy();
    },
  };
}
