import { receiveText } from '../body.ts';
import type { Operation } from '../context.ts';
import { sendEmpty, sendXml } from '../responses.ts';
import { createBucket, deleteBucket, findBucket } from '../store/buckets.ts';
import { compareKeys } from '../store/key-order.ts';
import { childText, element, onlyChildren, optional, parseXml, s3Namespace } from '../xml.ts';
import { owner } from './owner.ts';
import { countParameter } from './parameters.ts';

const defaultRegion = 'us-east-1';

export const listBuckets: Operation = (request, response, { store }) => {
  const prefix = request.query.get('prefix') ?? '';
  const after = request.query.get('continuation-token') ?? '';
  const region = request.query.get('bucket-region') ?? '';
  const maximum = countParameter(request.query, 'max-buckets', 10_000);
  const buckets = [...store.buckets.values()]
    .filter(({ name }) => name.startsWith(prefix) && name > after)
    .filter((bucket) => region === '' || bucket.region === region)
    .sort((a, b) => compareKeys(a.name, b.name));
  const page = buckets.slice(0, maximum);
  sendXml(response, 'ListAllMyBucketsResult', [
    owner('Owner'),
    element(
      'Buckets',
      page.map((bucket) =>
        element('Bucket', [
          element('Name', bucket.name),
          element('CreationDate', new Date(bucket.created).toISOString()),
          element('BucketRegion', bucket.region),
        ]),
      ),
    ),
    optional('ContinuationToken', buckets.length > page.length ? page.at(-1)?.name : undefined),
    optional('Prefix', request.query.get('prefix') ?? undefined),
  ]);
};

/** PUT of a bucket that exists succeeds and changes nothing, as in us-east-1 for the bucket's owner. */
export const putBucket: Operation = async (request, response, { store, now }) => {
  const text = await receiveText(request);
  const configuration = text.trim() === '' ? {} : parseXml(text, 'CreateBucketConfiguration');
  onlyChildren(configuration, ['LocationConstraint'], 'CreateBucket');
  const region = childText(configuration, 'LocationConstraint') || defaultRegion;
  await createBucket(store, request.bucket, { created: now(), region });
  sendEmpty(response, 200, { location: `/${request.bucket}` });
};

export const headBucket: Operation = (request, response, { store }) => {
  const { region } = findBucket(store, request.bucket);
  sendEmpty(response, 200, { 'x-amz-bucket-region': region });
};

export const removeBucket: Operation = async (request, response, { store }) => {
  await deleteBucket(store, request.bucket);
  sendEmpty(response, 204);
};

/** us-east-1 is an empty LocationConstraint, for historical reasons of S3's. */
export const getBucketLocation: Operation = (request, response, { store }) => {
  const { region } = findBucket(store, request.bucket);
  const body = region === defaultRegion ? '' : region;
  response.setHeader('content-type', 'application/xml');
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${s3Namespace}">${body}</LocationConstraint>`,
  );
};
