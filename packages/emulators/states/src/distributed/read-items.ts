import type { MapItems } from '@chorus/asl';
import { s3Parameters } from '../tasks/known-parameters.ts';
import { operationParameters } from '../tasks/operation-parameters.ts';
import { type CallService, type ServiceData, ServiceError } from '../tasks/service-callers.ts';
import { type CsvOptions, csvItems } from './csv-items.ts';
import { unreadableItems } from './errors.ts';
import { jsonArrayItems, jsonLinesItems } from './json-items.ts';
import { textChunks } from './text-chunks.ts';

/** How far an earlier process got with reading. */
export interface Reading {
  /** How many items of the source it has done with. */
  readonly items: number;
  /** Of an object: the version of it. */
  readonly etag?: string;
  /** Of a listing: the last key. */
  readonly key?: string;
}

/** Items as they come, and what a later process needs to know to go on behind them. */
export interface Items {
  readonly etag?: string;
  readonly groups: AsyncIterable<readonly unknown[]>;
}

type Source = Exclude<MapItems, { readonly values: unknown }>;

/** Drops items from the beginning, and all after the most. */
async function* part(
  groups: AsyncIterable<readonly unknown[]>,
  skip: number,
  most = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly unknown[]> {
  let at = 0;
  for await (const group of groups) {
    const wanted = group.slice(Math.max(0, skip - at), Math.max(0, most - at));
    at += group.length;
    if (wanted.length > 0) yield wanted;
    if (at >= most) return;
  }
}

function optionsOf(config: Source['config']): CsvOptions {
  const { CSVDelimiter, CSVHeaders } = config as {
    CSVDelimiter?: CsvOptions['delimiter'];
    CSVHeaders?: readonly string[];
  };
  return {
    ...(CSVDelimiter && { delimiter: CSVDelimiter }),
    ...(CSVHeaders && { headers: CSVHeaders }),
  };
}

const formats = {
  CSV: csvItems,
  JSON: jsonArrayItems,
  JSONL: jsonLinesItems,
} as const;

async function objectItems(
  call: CallService,
  { arguments: given, config }: Source,
  { items, etag }: Reading,
  signal: AbortSignal,
): Promise<Items> {
  const parameters = operationParameters(given, s3Parameters['GetObject'] ?? {});
  const { Bucket, Key } = parameters;
  const answer = await ask(
    () =>
      call('GetObject', { ...parameters, ...(etag !== undefined && { IfMatch: etag }) }, signal),
    `s3://${Bucket}/${Key}`,
  );
  const { Body, ETag } = answer;
  const chunks = textChunks(Body as AsyncIterable<Uint8Array>);
  const format = formats[config['InputType'] as keyof typeof formats];
  return {
    ...(typeof ETag === 'string' && { etag: ETag }),
    groups: part(format(chunks, optionsOf(config)), items, config['MaxItems'] as number),
  };
}

/** An object of a listing as an item, in AWS's form. */
function listedItem(object: ServiceData): ServiceData {
  const { ETag: Etag, Key, LastModified, Size, StorageClass = 'STANDARD' } = object;
  const seconds = LastModified instanceof Date ? LastModified.getTime() / 1000 : LastModified;
  return { Etag, Key, LastModified: Math.floor(Number(seconds)), Size, StorageClass };
}

async function* listed(
  call: CallService,
  parameters: ServiceData,
  after: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  let more: ServiceData = after === undefined ? {} : { StartAfter: after };
  for (;;) {
    const page = await ask(
      () => call('ListObjectsV2', { ...parameters, ...more }, signal),
      `s3://${parameters['Bucket']}`,
    );
    const { Contents = [], NextContinuationToken } = page;
    yield (Contents as ServiceData[]).map(listedItem);
    if (NextContinuationToken === undefined) return;
    more = { ContinuationToken: NextContinuationToken };
  }
}

/** @throws {StatesError} States.ItemReaderFailed for what S3 refuses */
async function ask(call: () => Promise<ServiceData>, what: string): Promise<ServiceData> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    if (error.status === 412)
      throw unreadableItems(`${what} was changed while its items were read.`, error);
    throw unreadableItems(`${what} cannot be read: ${error.message} (${error.name})`, error);
  }
}

/**
 * Opens the items of a Map, in groups as they come, without those that an earlier process has done with.
 *
 * @param call asks S3; without it there are no readers
 * @throws {StatesError} States.ItemReaderFailed if they cannot be read, also while they are read
 */
export async function openItems(
  call: CallService | undefined,
  source: MapItems,
  reading: Reading,
  signal: AbortSignal,
): Promise<Items> {
  if ('values' in source) {
    const { values } = source;
    return {
      groups: (async function* () {
        yield values.slice(reading.items);
      })(),
    };
  }
  if (call === undefined) throw unreadableItems('This cloud has no S3 that items could be in.');
  if (source.resource.endsWith(':getObject')) return objectItems(call, source, reading, signal);
  const parameters = operationParameters(source.arguments, s3Parameters['ListObjectsV2'] ?? {});
  const most = source.config['MaxItems'];
  return {
    groups: part(
      listed(call, parameters, reading.key, signal),
      0,
      typeof most === 'number' ? most - reading.items : undefined,
    ),
  };
}
