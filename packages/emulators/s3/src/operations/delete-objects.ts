import { receiveText } from '../body.ts';
import { writeCondition } from '../conditions.ts';
import type { Operation } from '../context.ts';
import { asS3Error, S3Error } from '../errors.ts';
import { sendEmpty, sendXml } from '../responses.ts';
import { findBucket } from '../store/buckets.ts';
import { changeObjects, removeObject } from '../store/objects.ts';
import { childElements, childText, element, onlyChildren, parseXml, type Xml } from '../xml.ts';

export const deleteObject: Operation = async (request, response, { store }) => {
  const { key } = request;
  const bucket = findBucket(store, request.bucket);
  const condition = writeCondition(request.headers, key);
  await changeObjects(store, bucket, () => {
    condition(bucket.objects.get(key));
    removeObject(bucket, key);
  });
  sendEmpty(response, 204);
};

export const deleteObjects: Operation = async (request, response, { store }) => {
  const bucket = findBucket(store, request.bucket);
  const document = parseXml(await receiveText(request), 'Delete');
  const objects = childElements(document, 'Object');
  if (objects.length === 0 || objects.length > 1000) {
    throw new S3Error('MalformedXML', 'A Delete document names 1 to 1000 objects.');
  }
  onlyChildren(document, ['Object', 'Quiet'], 'DeleteObjects');
  const quiet = ['true', '1'].includes(childText(document, 'Quiet')?.trim() ?? '');
  // All are read before the first is removed: a document that cannot be understood deletes nothing.
  const keys = objects.map((object) => {
    onlyChildren(object, ['Key'], 'DeleteObjects');
    const key = childText(object, 'Key');
    if (key === undefined || key === '') throw new S3Error('MalformedXML');
    return key;
  });
  const results: Xml[] = [];
  await changeObjects(store, bucket, () => {
    for (const key of keys) {
      try {
        removeObject(bucket, key);
        if (!quiet) results.push(element('Deleted', [element('Key', key)]));
      } catch (error) {
        const { code, message } = asS3Error(error);
        const about = [element('Key', key), element('Code', code), element('Message', message)];
        results.push(element('Error', about));
      }
    }
  });
  sendXml(response, 'DeleteResult', results);
};
