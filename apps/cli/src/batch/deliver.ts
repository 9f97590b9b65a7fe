import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { CliError, messageOf } from '../errors.ts';
import type { BatchCloud } from './batch-cloud.ts';
import { type Place, shownPlace } from './place.ts';
import { downloadAnswers, type Failures } from './results.ts';
import { writeParquet } from './write-parquet.ts';

/** The place of the answers of a batch. */
export interface Delivered {
  /** Rows that have an answer. */
  readonly rows: number;
  /** JSON Lines and Parquet. */
  readonly files: readonly string[];
  /** The rows that the workflow refused. */
  readonly refused: Failures;
}

async function put({ s3, bucket: Bucket }: BatchCloud, file: string, Key: string): Promise<string> {
  const { PutObjectCommand } = await import('@aws-sdk/client-s3');
  const { size: ContentLength } = await stat(file);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: createReadStream(file), ContentLength }));
  return `s3://${Bucket}/${Key}`;
}

/** Makes a folder for files that are not whole yet, beside where they go. */
const workFolder = (within: string): Promise<string> => mkdtemp(join(within, '.chorus-batch-'));

/**
 * Makes the folder that answers go into, so that no batch begins whose answers could not be written.
 *
 * @throws {CliError} if it cannot be made, or written to
 */
export async function makeFolder(to: Place): Promise<void> {
  if (to.kind !== 'file') return;
  try {
    await mkdir(to.path, { recursive: true });
    await rm(await workFolder(to.path), { recursive: true });
  } catch (cause) {
    throw new CliError(
      `Cannot write answers into ${to.path}: ${messageOf(cause)}. Remedy: another folder, --to answers/`,
      { cause },
    );
  }
}

/**
 * Writes the answers of a batch, in the order of their batches, as JSON Lines and as Parquet, and what is to be said of it. A
 * folder of this machine gets no file that is not whole.
 *
 * @param manifest its key in the bucket of batches, beside which the files of a place in S3 go
 * @param summaryOf makes the summary
 */
export async function deliver(
  cloud: BatchCloud,
  manifest: string,
  to: Place,
  summaryOf: (rows: number, refused: Failures) => unknown,
): Promise<Delivered> {
  const isLocal = to.kind === 'file';
  if (isLocal) await mkdir(to.path, { recursive: true });
  const folder = await workFolder(isLocal ? to.path : tmpdir());
  try {
    const [lines, parquet, summary] = [
      join(folder, 'predictions.jsonl'),
      join(folder, 'predictions.parquet'),
      join(folder, 'summary.json'),
    ];
    const { rows, columns, refused } = await downloadAnswers(cloud, manifest, lines);
    await writeParquet(lines, columns, parquet);
    await writeFile(summary, `${JSON.stringify(summaryOf(rows, refused), null, 2)}\n`);
    if (isLocal) {
      const files: string[] = [];
      for (const whole of [lines, parquet, summary]) {
        const file = join(to.path, basename(whole));
        await rename(whole, file);
        files.push(file);
      }
      return { rows, files, refused };
    }
    const beside = manifest.slice(0, manifest.lastIndexOf('/'));
    const files = [
      await put(cloud, parquet, `${beside}/predictions.parquet`),
      await put(cloud, summary, `${beside}/summary.json`),
    ];
    const written = {
      kind: 's3',
      bucket: cloud.bucket,
      key: `${beside}/SUCCEEDED_*.jsonl`,
    } as const;
    return { rows, files: [shownPlace(written), ...files], refused };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
