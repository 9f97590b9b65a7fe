/** The only file of this program that touches `process.env`: what a job is told. */

/** Where the order is, and which attempt this is. */
interface Told {
  readonly bucket: string;
  readonly key: string;
  readonly attempt: number;
}

export const told: Told = {
  bucket: process.env['TRAINING_BUCKET'] ?? '',
  key: process.env['TRAINING_JOB'] ?? '',
  attempt: Number(process.env['AWS_BATCH_JOB_ATTEMPT']),
};
