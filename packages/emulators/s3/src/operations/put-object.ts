import { receiveBody } from '../body.ts';
import { writeCondition } from '../conditions.ts';
import type { ObjectCreated, Operation, S3Context } from '../context.ts';
import { checksumHeaders, quoted, sendEmpty } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import { commitObject, type WriteCondition } from '../store/objects.ts';
import type { StoredObject } from '../store/records.ts';
import { type Bucket, newDraft } from '../store/store.ts';
import type { Draft } from '../store/stored-file.ts';
import { objectHeaders, userMetadata } from './object-facts.ts';

export const putObject: Operation = async (request, response, context) => {
  const { headers, key } = request;
  const bucket = findBucket(context.store, request.bucket);
  const condition = writeCondition(headers, key);
  const facts = { headers: objectHeaders(headers), metadata: userMetadata(headers) };
  // Said before the bytes are read too, so that no client uploads 200 MB to learn it; the commit decides.
  condition(bucket.objects.get(key));

  const object = await writeObject(context, bucket, condition, async (draft) => {
    const body = await receiveBody(request, (bytes) => draft.append(bytes));
    return {
      key,
      size: body.size,
      etag: body.md5,
      ...(body.checksum && { checksum: { ...body.checksum, type: 'FULL_OBJECT' } }),
      ...facts,
      modified: context.now(),
    };
  });
  announce(context, 'ObjectCreated:Put', bucket, object);
  sendEmpty(response, 200, { etag: quoted(object.etag), ...checksumHeaders(object) });
};

/** Writes one object: `fill` puts the bytes into a draft and says what they are; a failure leaves no trace. */
export async function writeObject(
  context: S3Context,
  bucket: Bucket,
  condition: WriteCondition,
  fill: (draft: Draft) => Promise<StoredObject>,
): Promise<StoredObject> {
  const draft = await newDraft(context.store);
  try {
    const object = await fill(draft);
    await commitObject(context.store, bucket, draft, object, condition);
    return object;
  } catch (error) {
    await draft.discard();
    throw error;
  }
}

/** Tells the listener about an object that is durably there. */
export function announce(
  context: S3Context,
  eventName: ObjectCreated['eventName'],
  bucket: Bucket,
  object: StoredObject,
): void {
  context.created({
    eventName,
    bucket: bucket.name,
    key: object.key,
    size: object.size,
    etag: object.etag,
    eventTime: new Date(object.modified).toISOString(),
  });
}
