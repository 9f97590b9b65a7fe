import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { fieldsOfHeader, namesInHeader } from '../csv-header.ts';
import { CliError, isCausedBy, messageOf } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { BatchCloud } from './batch-cloud.ts';
import { type Place, shownPlace } from './place.ts';

/** Bytes from the beginning of a file that hold its header. */
const headerBytes = 65_536;

/** @throws {CliError} if the file cannot be read */
async function beginningOf({ s3 }: BatchCloud, place: Place): Promise<string> {
  try {
    if (place.kind === 'file') {
      const file = await open(place.path);
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
        return buffer.toString('utf8', 0, bytesRead);
      } finally {
        await file.close();
      }
    }
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const { bucket: Bucket, key: Key } = place;
    const Range = `bytes=0-${headerBytes - 1}`;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, Range }));
    return (await Body?.transformToString()) ?? '';
  } catch (cause) {
    // A range of an object without bytes.
    if (isCausedBy(cause, 'InvalidRange')) return '';
    throw new CliError(`Cannot read ${shownPlace(place)}: ${messageOf(cause)}`, { cause });
  }
}

/** @throws {CliError} naming the columns that a file lacks, or that Step Functions would not find */
function checkHeader(beginning: string, columns: readonly string[], place: Place): void {
  const shown = shownPlace(place);
  if (beginning.trim() === '')
    throw new CliError(`${shown} is empty: its first line names columns`);
  const names = namesInHeader(beginning);
  const [line = ''] = beginning.split(/\r\n|\n|\r/);
  if (names.length > 1 && !line.includes(','))
    throw new CliError(`${shown} separates its columns by something else than commas`);
  const missing = columns.filter((column) => !names.includes(column));
  const [first] = missing;
  if (first === undefined) {
    checkFields(fieldsOfHeader(beginning), columns, shown);
    return;
  }
  const what = missing.length === 1 ? 'column' : 'columns';
  throw new CliError(
    `${shown} has no ${what} ${missing.join(', ')}; its first line names ${names.slice(0, 40).join(', ')}.${didYouMean(first, names)}`,
  );
}

/** @throws {CliError} naming a column that has spaces around its name, or has it twice */
function checkFields(fields: readonly string[], columns: readonly string[], shown: string): void {
  const spaced = columns.filter((column) => !fields.includes(column));
  if (spaced.length > 0)
    throw new CliError(
      `${shown} has spaces around the names of columns in its first line, which would be parts of the names: ${spaced.join(', ')}`,
    );
  const escaped = columns.find((column) => column.includes('\\'));
  if (escaped !== undefined)
    throw new CliError(
      `The column ${escaped} has a backslash in its name, which Step Functions takes out of a CSV: ask with POST /predict, or rename it in the model and in ${shown}`,
    );
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined)
    throw new CliError(
      `${shown} names the column ${JSON.stringify(twice)} twice in its first line; each needs a name of its own`,
    );
}

/**
 * Checks a CSV's header, and puts the file where the state machine reads it.
 *
 * @param columns those that it must have
 * @param name of the batch, which the key is made of
 * @returns the key in the bucket of batches
 * @throws {CliError} if the file cannot be read or lacks a column
 */
export async function giveRows(
  cloud: BatchCloud,
  place: Place,
  columns: readonly string[],
  name: string,
): Promise<string> {
  checkHeader(await beginningOf(cloud, place), columns, place);
  const { s3, bucket: Bucket } = cloud;
  if (place.kind === 's3' && place.bucket === Bucket) return place.key;
  const Key = `in/${name}.csv`;
  const { CopyObjectCommand, PutObjectCommand } = await import('@aws-sdk/client-s3');
  if (place.kind === 's3') {
    const CopySource = [place.bucket, ...place.key.split('/')].map(encodeURIComponent).join('/');
    await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource }));
    return Key;
  }
  const { size } = await stat(place.path);
  const Body = createReadStream(place.path);
  await s3.send(
    new PutObjectCommand({ Bucket, Key, Body, ContentLength: size, ContentType: 'text/csv' }),
  );
  return Key;
}
