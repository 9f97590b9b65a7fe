import type { ServerResponse } from 'node:http';
import type { S3Request } from './request.ts';
import type { Store } from './store/store.ts';

/** An object that was written; what S3 sends as an event notification, without the envelope. */
export interface ObjectCreated {
  readonly eventName:
    | 'ObjectCreated:Put'
    | 'ObjectCreated:Copy'
    | 'ObjectCreated:CompleteMultipartUpload';
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** ISO 8601. */
  readonly eventTime: string;
}

/** The parts that every operation works with. */
export interface S3Context {
  readonly store: Store;
  /** Epoch milliseconds. */
  now(): number;
  /** Tells the listener of a new object; called when the write is durable. */
  created(event: ObjectCreated): void;
  /** Removes from a bucket what its lifecycle says is over. */
  expire(bucket: string): void;
  /** Buckets that take uploads from web pages. */
  readonly fromBrowsers: ReadonlySet<string>;
}

/** One S3 operation: answers, or throws an `S3Error` before it has begun to answer. */
export type Operation = (
  request: S3Request,
  response: ServerResponse,
  context: S3Context,
) => Promise<void> | void;
