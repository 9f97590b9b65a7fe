import { checkHeaders } from './accepted-headers.ts';
import type { Operation } from './context.ts';
import { notImplemented, S3Error } from './errors.ts';
import {
  getBucketLocation,
  headBucket,
  listBuckets,
  putBucket,
  removeBucket,
} from './operations/buckets.ts';
import { completeMultipartUpload } from './operations/complete-upload.ts';
import { copyObject } from './operations/copy-object.ts';
import { deleteObject, deleteObjects } from './operations/delete-objects.ts';
import { getObject, headObject } from './operations/get-object.ts';
import { listObjects, listObjectsV2 } from './operations/list-objects.ts';
import { putObject } from './operations/put-object.ts';
import {
  abortMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
  uploadPartCopy,
} from './operations/uploads.ts';
import type { S3Request } from './request.ts';

interface Route {
  readonly name: string;
  readonly method: string;
  readonly on: 'service' | 'bucket' | 'object';
  /** Query parameters that select the route; with `=value`, only with that value. */
  readonly selectedBy?: readonly string[];
  /** Header that selects the route. */
  readonly header?: string;
  /** Query parameters it understands besides. */
  readonly accepts?: readonly string[];
  readonly run: Operation;
}

const listing = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];
const overrides = [
  'response-cache-control',
  'response-content-disposition',
  'response-content-encoding',
  'response-content-language',
  'response-content-type',
  'response-expires',
];
const part = ['partNumber', 'uploadId'];
const copy = 'x-amz-copy-source';

/** All that is implemented; of the routes that fit, the first wins. */
const routes: readonly Route[] = [
  {
    name: 'ListBuckets',
    method: 'GET',
    on: 'service',
    accepts: ['prefix', 'max-buckets', 'continuation-token', 'bucket-region'],
    run: listBuckets,
  },
  { name: 'CreateBucket', method: 'PUT', on: 'bucket', run: putBucket },
  { name: 'HeadBucket', method: 'HEAD', on: 'bucket', run: headBucket },
  { name: 'DeleteBucket', method: 'DELETE', on: 'bucket', run: removeBucket },
  {
    name: 'GetBucketLocation',
    method: 'GET',
    on: 'bucket',
    selectedBy: ['location'],
    run: getBucketLocation,
  },
  {
    name: 'ListObjectsV2',
    method: 'GET',
    on: 'bucket',
    selectedBy: ['list-type=2'],
    accepts: [...listing, 'continuation-token', 'start-after', 'fetch-owner'],
    run: listObjectsV2,
  },
  {
    name: 'ListObjects',
    method: 'GET',
    on: 'bucket',
    accepts: [...listing, 'marker'],
    run: listObjects,
  },
  {
    name: 'DeleteObjects',
    method: 'POST',
    on: 'bucket',
    selectedBy: ['delete'],
    run: deleteObjects,
  },
  {
    name: 'ListParts',
    method: 'GET',
    on: 'object',
    selectedBy: ['uploadId'],
    accepts: ['max-parts', 'part-number-marker'],
    run: listParts,
  },
  { name: 'HeadObject', method: 'HEAD', on: 'object', accepts: overrides, run: headObject },
  { name: 'GetObject', method: 'GET', on: 'object', accepts: overrides, run: getObject },
  {
    name: 'UploadPartCopy',
    method: 'PUT',
    on: 'object',
    selectedBy: part,
    header: copy,
    run: uploadPartCopy,
  },
  { name: 'UploadPart', method: 'PUT', on: 'object', selectedBy: part, run: uploadPart },
  { name: 'CopyObject', method: 'PUT', on: 'object', header: copy, run: copyObject },
  { name: 'PutObject', method: 'PUT', on: 'object', run: putObject },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    selectedBy: ['uploads'],
    run: createMultipartUpload,
  },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    selectedBy: ['uploadId'],
    run: completeMultipartUpload,
  },
  {
    name: 'AbortMultipartUpload',
    method: 'DELETE',
    on: 'object',
    selectedBy: ['uploadId'],
    run: abortMultipartUpload,
  },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', run: deleteObject },
];

/** Names of all operations there are, as the API reference calls them. */
export const operationNames: readonly string[] = routes.map(({ name }) => name);

/**
 * The operation a request asks for. Sub-resources such as `?tagging`, and headers that ask for what is not here, are
 * refused by name: nothing is done half and reported as done.
 * @throws {S3Error} NotImplemented, MethodNotAllowed
 */
export function findOperation(request: S3Request): Operation {
  const on = request.bucket === '' ? 'service' : request.key === '' ? 'bucket' : 'object';
  const route = routes.find(
    (candidate) =>
      candidate.method === request.method &&
      candidate.on === on &&
      (candidate.header === undefined || request.headers[candidate.header] !== undefined) &&
      (candidate.selectedBy ?? []).every((selector) => isSelected(request, selector)),
  );
  const understood = new Set([
    ...(route?.accepts ?? []),
    ...(route?.selectedBy ?? []).map((selector) => selector.replace(/=.*/, '')),
  ]);
  for (const name of request.query.keys()) {
    if (understood.has(name) || isTransport(name)) continue;
    throw notImplemented(`${request.method} of a${on === 'object' ? 'n' : ''} ${on} with ?${name}`);
  }
  if (route === undefined)
    throw new S3Error('MethodNotAllowed', undefined, { Method: request.method });
  checkHeaders(request, route.name);
  return route.run;
}

function isSelected(request: S3Request, selector: string): boolean {
  const [name = '', value] = selector.split('=');
  return value === undefined ? request.query.has(name) : request.query.get(name) === value;
}

/** Query parameters about the request itself: `x-id` names the SDK's operation, the rest are signatures and headers. */
function isTransport(name: string): boolean {
  return /^(?:x-id|x-amz-.+|AWSAccessKeyId|Signature|Expires|content-type|content-md5)$/i.test(
    name,
  );
}
