import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { LabelsSettings } from './env.ts';
import type { Label } from './label.ts';

/** Keeps a label, until the signal comes. */
export type KeepLabel = (label: Label, date: Date, signal: AbortSignal) => Promise<void>;

/** Returns the key of a label: `labels/<workflow>/<requestId>.json`. */
function keyOf({ workflow, requestId }: Label): string {
  return `labels/${workflow}/${requestId}.json`;
}

/** Keeps one object for each answer; what is said last of an answer counts. */
export function openLabelStore({ bucket, hasOwnEndpoint }: LabelsSettings): KeepLabel {
  const client = new S3Client({ forcePathStyle: hasOwnEndpoint });
  return async (label, date, signal) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: keyOf(label),
      ContentType: 'application/json',
      Body: JSON.stringify({ ...label, at: date.toISOString() }),
    });
    await client.send(command, { abortSignal: signal });
  };
}
