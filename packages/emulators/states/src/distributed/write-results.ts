import { type MapResults, payloadLimitBytes, StatesError } from '@chorus/asl';
import type { ChildRecord, ChildStatus, MapRunRecord } from '../store/map-run-records.ts';
import type { MapRunStore } from '../store/map-runs.ts';
import { type CallService, ServiceError } from '../tasks/service-callers.ts';
import { resultsOf, type Transformation } from './child-result.ts';

/** From this many bytes on, a file of results is written and another one begins. AWS writes up to 5 GB into one. */
const fileBytes = 16 * 1024 * 1024;

/** The files of results, by the statuses of the children in them. */
const files = {
  FAILED: ['FAILED', 'TIMED_OUT', 'ABORTED'],
  PENDING: ['PENDING', 'PENDING_REDRIVE'],
  SUCCEEDED: ['SUCCEEDED'],
} as const satisfies Readonly<Record<string, readonly ChildStatus[]>>;

interface Writing {
  readonly store: Pick<MapRunStore, 'children'>;
  readonly run: MapRunRecord;
  readonly results: MapResults;
}

function transformationOf({ config, resource }: MapResults): Transformation {
  const usual = resource === undefined ? 'COMPACT' : 'NONE';
  return (config['Transformation'] as Transformation | undefined) ?? usual;
}

/** Where a file of results is. */
interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

/** @throws {StatesError} States.ResultWriterFailed for what S3 refuses */
async function put(
  call: CallService,
  place: Place,
  Body: Uint8Array,
  ContentType: string,
): Promise<void> {
  try {
    await call('PutObject', { ...place, Body, ContentType }, new AbortController().signal);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new StatesError(
      'States.ResultWriterFailed',
      `s3://${place.Bucket}/${place.Key} cannot be written: ${error.message} (${error.name})`,
      { cause: error },
    );
  }
}

/** Lets the event loop turn: reading the results of many children is synchronous. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Writes the results of a Map Run as AWS does: files by status, and a manifest that names them. Only one file is in memory.
 *
 * @returns where the manifest is
 * @throws {StatesError} States.ResultWriterFailed
 */
export async function writeResults(
  call: CallService | undefined,
  { store, run, results }: Writing,
): Promise<Place> {
  if (call === undefined)
    throw new StatesError('States.ResultWriterFailed', 'This cloud has no S3 to write to.');
  const { Bucket, Prefix } = Object(results.arguments) as { Bucket: string; Prefix?: string };
  const id = run.arn.slice(run.arn.lastIndexOf(':') + 1);
  const folder = [Prefix?.replace(/\/$/, ''), id].filter(Boolean).join('/');
  const isLines = results.config['OutputType'] === 'JSONL';
  const transformation = transformationOf(results);

  async function writeFiles(name: string, statuses: readonly ChildStatus[]): Promise<unknown[]> {
    const written: unknown[] = [];
    let texts: string[] = [];
    let bytes = 0;
    async function flush(): Promise<void> {
      if (texts.length === 0) return;
      const Key = `${folder}/${name}_${written.length}.${isLines ? 'jsonl' : 'json'}`;
      const text = isLines ? `${texts.join('\n')}\n` : `[${texts.join(',')}]`;
      const body = Buffer.from(text);
      texts = [];
      bytes = 0;
      await put(
        call as CallService,
        { Bucket, Key },
        body,
        isLines ? 'application/x-ndjson' : 'application/json',
      );
      written.push({ Key, Size: body.byteLength });
    }
    for (const status of statuses)
      for (const child of store.children(run.id, status)) {
        for (const result of resultsOf(run, child, transformation)) {
          texts.push(result);
          bytes += result.length;
        }
        if (bytes >= fileBytes) await flush();
        else if (child.id % 64 === 0) await turn();
      }
    await flush();
    return written;
  }

  const ResultFiles: Record<string, unknown[]> = {};
  for (const [name, statuses] of Object.entries(files))
    ResultFiles[name] = await writeFiles(name, statuses);
  const manifest = { DestinationBucket: Bucket, MapRunArn: run.arn, ResultFiles };
  const place = { Bucket, Key: `${folder}/manifest.json` };
  await put(call, place, Buffer.from(JSON.stringify(manifest)), 'application/json');
  return place;
}

/**
 * Returns the results of a Map Run as the state's.
 *
 * @throws {StatesError} States.DataLimitExceeded if a state cannot hold them
 */
export function collectResults({ store, run, results }: Writing): unknown[] {
  const transformation = transformationOf(results);
  const texts: string[] = [];
  let bytes = 0;
  const add = (child: ChildRecord): void => {
    for (const text of resultsOf(run, child, transformation)) {
      bytes += Buffer.byteLength(text) + 1;
      texts.push(text);
    }
  };
  for (const child of store.children(run.id)) {
    add(child);
    if (bytes > payloadLimitBytes)
      throw new StatesError(
        'States.DataLimitExceeded',
        `The results of the Map Run are more than ${payloadLimitBytes} bytes: a ResultWriter can take them.`,
      );
  }
  return JSON.parse(`[${texts.join(',')}]`);
}
