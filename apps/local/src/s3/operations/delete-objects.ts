import { receiveText } from '../body.ts';
import { writeCondition } from '../conditions.ts';
import type { Operation } from '../context.ts';
import { notImplemented, S3Error } from '../errors.ts';
import { sendEmpty, sendXml } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import { removeObject } from '../store/objects.ts';
import { childElements, childText, element, parseXml } from '../xml.ts';

export const deleteObject: Operation = (request, response, { store }) => {
  const bucket = findBucket(store, request.bucket);
  writeCondition(request.headers, request.key)(bucket.objects.get(request.key));
  removeObject(bucket, request.key);
  sendEmpty(response, 204);
};

export const deleteObjects: Operation = async (request, response, { store }) => {
  const bucket = findBucket(store, request.bucket);
  const document = parseXml(await receiveText(request), 'Delete');
  const objects = childElements(document, 'Object');
  if (objects.length === 0 || objects.length > 1000) {
    throw new S3Error('MalformedXML', 'A Delete document names 1 to 1000 objects.');
  }
  const quiet = childText(document, 'Quiet') === 'true';
  // All are read before the first is removed: a document that cannot be understood deletes nothing.
  const keys = objects.map((object) => {
    for (const name of Object.keys(object)) {
      if (name !== 'Key' && name !== '#text') throw notImplemented(`DeleteObjects with ${name}`);
    }
    const key = childText(object, 'Key');
    if (key === undefined || key === '') throw new S3Error('MalformedXML');
    return key;
  });
  for (const key of keys) removeObject(bucket, key);
  const deleted = quiet ? [] : keys.map((key) => element('Deleted', [element('Key', key)]));
  sendXml(response, 'DeleteResult', deleted);
};
