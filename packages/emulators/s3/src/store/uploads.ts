import { randomUUID } from 'node:crypto';
import { openSync, renameSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '@chorus/emulator-files';
import { S3Error } from '../errors.ts';
import { changeDurably, writeFolder } from './folders.ts';
import { isPart, isUploadFacts, type Part, readRecord, type UploadFacts } from './records.ts';
import { clearAway, condemn, incomingPath, type Store, type Upload } from './store.ts';
import { type Draft, readBody, readFooter, whole } from './stored-file.ts';

const factsFile = 'upload.json';

/** Starts a multipart upload. */
export async function createUpload(store: Store, facts: UploadFacts): Promise<Upload> {
  const id = randomUUID().replaceAll('-', '');
  const upload: Upload = { ...facts, id, path: uploadPath(store, id), parts: new Map() };
  const draft = incomingPath(store);
  try {
    await writeFolder(draft, factsFile, facts);
    await changeDurably(join(store.directory, 'uploads'), () => {
      renameSync(draft, upload.path);
      store.uploads.set(id, upload);
    });
  } finally {
    await clearAway(store, draft);
  }
  return upload;
}

/** @throws {S3Error} NoSuchUpload, also when the id belongs to another bucket or key. */
export function findUpload(store: Store, id: string, bucket: string, key: string): Upload {
  const upload = store.uploads.get(id);
  if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
    throw new S3Error('NoSuchUpload', undefined, { UploadId: id });
  }
  return upload;
}

/** Publishes a draft as a part, replacing the one with its number. @throws {S3Error} NoSuchUpload */
export async function commitPart(
  store: Store,
  upload: Upload,
  draft: Draft,
  part: Part,
): Promise<void> {
  await draft.seal(part);
  await changeUpload(store, upload, upload.path, () => {
    renameSync(draft.path, partPath(upload, part.number));
    upload.parts.set(part.number, part);
  });
}

/** Changes an upload durably; when it went away meanwhile, that is the error. @throws {S3Error} NoSuchUpload */
async function changeUpload(
  store: Store,
  upload: Upload,
  folder: string,
  change: () => void,
): Promise<void> {
  const isThere = (): boolean => store.uploads.get(upload.id) === upload;
  const gone = (): S3Error => new S3Error('NoSuchUpload', undefined, { UploadId: upload.id });
  let changed = false;
  try {
    await changeDurably(folder, () => {
      if (!isThere()) throw gone();
      change();
      changed = true;
    });
  } catch (error) {
    throw changed || isThere() ? error : gone();
  }
}

/** Bytes of one part. */
export function readPart(upload: Upload, part: Part): AsyncIterable<Buffer> {
  const fd = openSync(partPath(upload, part.number), 'r');
  return whole(readBody(fd, 0, part.size), part.size);
}

/** Forgets an upload and its parts. @throws {S3Error} NoSuchUpload */
export async function abortUpload(store: Store, upload: Upload): Promise<void> {
  let condemned = upload.path;
  await changeUpload(store, upload, join(store.directory, 'uploads'), () => {
    condemned = condemn(store, upload.path);
    store.uploads.delete(upload.id);
  });
  await clearAway(store, condemned);
}

/**
 * Reads an unfinished upload from disk.
 * @returns `undefined`, and it is gone, when its bucket is, or when its object was written before the process ended
 * @throws {FileError} naming the file that is damaged or not the store's
 */
export async function loadUpload(store: Store, id: string): Promise<Upload | undefined> {
  const path = uploadPath(store, id);
  const facts = await readRecord(join(path, factsFile), isUploadFacts);
  const bucket = store.buckets.get(facts.bucket);
  const isOver =
    bucket === undefined ||
    facts.initiated < bucket.created ||
    bucket.objects.get(facts.key)?.uploadId === id;
  if (isOver) {
    await clearAway(store, path);
    return undefined;
  }
  const parts = new Map<number, Part>();
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!/^\d{5}$/.test(entry.name)) continue;
    const file = join(path, entry.name);
    if (!entry.isFile()) {
      throw new FileError(
        `${file} is no file, where one is expected: move it elsewhere and start again`,
      );
    }
    const part = await readFooter(file, isPart);
    if (part.number !== Number(entry.name)) {
      throw new FileError(`${file} holds another part: move it elsewhere and start again`);
    }
    parts.set(part.number, part);
  }
  return { ...facts, id, path, parts };
}

function uploadPath(store: Store, id: string): string {
  return join(store.directory, 'uploads', id);
}

function partPath(upload: Upload, number: number): string {
  return join(upload.path, String(number).padStart(5, '0'));
}
