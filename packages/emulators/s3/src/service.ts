import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Credentials } from '@chorus/emulator-aws';
import { explainFileError } from '@chorus/emulator-files';
import type { ObjectCreated, S3Context } from './context.ts';
import { isPageUpload } from './cors.ts';
import { S3Error } from './errors.ts';
import { handleRequest } from './handler.ts';
import { createLifecycle, type ExpiryRule } from './lifecycle.ts';
import { callOf, type S3Data } from './operations/calls.ts';
import { createBucket } from './store/buckets.ts';
import { openStore } from './store/open-store.ts';

export interface S3Options {
  /** Folder that holds everything; made when it is missing. One process owns it. */
  readonly directory: string;
  /** Epoch milliseconds; the system's clock when left out. */
  readonly now?: () => number;
  /**
   * Called once per object that is durably written, before its writer is answered: what it does at once outlives what the
   * writer was told. S3's events are asynchronous: the writer does not wait for a promise.
   */
  readonly onObjectCreated?: (event: ObjectCreated) => void | Promise<void>;
  /** The keys that every request must be signed with. */
  readonly credentials: Credentials;
}

/** Further rules of a bucket. */
interface BucketRules {
  /** Objects older than that are not there any more; without it they stay. */
  readonly expireDays?: number | undefined;
  /** The same of objects whose keys start so. */
  readonly expiring?: readonly ExpiryRule[] | undefined;
  /** Web pages may PUT with presigned URLs. @default false */
  readonly browserUploads?: boolean | undefined;
}

export interface S3Service {
  /** True of a presigned PUT, or a browser's question before it, into a bucket that takes uploads from web pages. */
  takesFromPages(request: IncomingMessage): boolean;
  /**
   * Creates a bucket; one that exists stays as it is.
   *
   * @throws {S3Error} InvalidBucketName
   * @throws {FileError} when it cannot be written
   */
  createBucket(name: string, rules?: BucketRules): Promise<void>;
  hasBucket(name: string): boolean;
  /**
   * Asks for an operation without HTTP, by the names of the SDK: GetObject (with `Body` as a stream), PutObject, ListObjectsV2.
   *
   * @returns nothing for an operation, or a parameter, that only the API has
   * @throws {S3Error} in the call
   * @throws {FileError} in the call, when the disk fails
   */
  call(operation: string, parameters: S3Data): (() => Promise<S3Data>) | undefined;
  /** Resolves when the listeners of all writes so far have finished. */
  idle(): Promise<void>;
}

export interface S3Emulator {
  readonly service: S3Service;
  /** Answers a request already known to be for S3. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Resolves when the listeners of all writes have finished; every object is on disk before its write is answered. */
  close(): Promise<void>;
}

/**
 * The local cloud's S3, on disk: what the AWS SDKs and the AWS CLI need for buckets, objects, listings, multipart
 * uploads, conditional writes, checksums and presigned URLs. What it does not do it refuses with 501.
 * @throws {FileError} when `directory` cannot be used, or holds files that are damaged or not this store's
 */
export async function createS3(options: S3Options): Promise<S3Emulator> {
  const store = await openStore(options.directory);
  const now = options.now ?? Date.now;
  const listening = new Set<Promise<void>>();

  function created(event: ObjectCreated): void {
    const { onObjectCreated } = options;
    if (onObjectCreated === undefined) return;
    const call = (async () => onObjectCreated(event))()
      // The object is written, whatever the listener does; its failure is the operator's to see.
      .catch((error: unknown) => {
        const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
        process.emitWarning(`onObjectCreated of ${event.bucket}/${event.key} failed: ${why}`);
      })
      .finally(() => listening.delete(call));
    listening.add(call);
  }

  const lifecycle = createLifecycle(store, now);
  const fromBrowsers = new Set<string>();
  const context: S3Context = { store, now, created, expire: lifecycle.expire, fromBrowsers };
  const service: S3Service = {
    takesFromPages: (request) => isPageUpload(request, fromBrowsers),
    async createBucket(name, { expireDays, expiring = [], browserUploads } = {}) {
      try {
        await createBucket(store, name, { created: now(), region: 'us-east-1' });
      } catch (error) {
        throw error instanceof S3Error ? error : explainFileError(error, options.directory);
      }
      const all = expireDays === undefined ? [] : [{ prefix: '', days: expireDays }];
      const rules = [...all, ...expiring];
      if (rules.length > 0) lifecycle.add(name, rules);
      if (browserUploads === true) fromBrowsers.add(name);
    },
    call: (operation, parameters) => callOf(context, operation, parameters),
    hasBucket: (name) => store.buckets.has(name),
    async idle() {
      while (listening.size > 0) await Promise.all(listening);
    },
  };
  return {
    service,
    handle: (request, response) => handleRequest(request, response, context, options.credentials),
    close: service.idle,
  };
}
