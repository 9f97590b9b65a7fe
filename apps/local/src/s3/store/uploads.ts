import { randomUUID } from 'node:crypto';
import { openSync, renameSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Checksum, ChecksumAlgorithm, ChecksumType } from '../checksums.ts';
import { S3Error } from '../errors.ts';
import { incomingPath, readJson, removeFolder, type Store } from './store.ts';
import { type Draft, readBody, readFooter } from './stored-file.ts';

/** One part of a multipart upload; the footer of its file. */
export interface Part {
  readonly number: number;
  readonly size: number;
  /** MD5 in hex, without quotes. */
  readonly etag: string;
  readonly modified: number;
  readonly checksum?: Checksum;
}

/** What was said when the upload began, and becomes the object's when it completes. */
export interface UploadFacts {
  readonly bucket: string;
  readonly key: string;
  readonly initiated: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
}

export interface Upload extends UploadFacts {
  readonly id: string;
  readonly path: string;
  readonly parts: Map<number, Part>;
}

const factsFile = 'upload.json';

/** Starts a multipart upload. */
export async function createUpload(store: Store, facts: UploadFacts): Promise<Upload> {
  const id = randomUUID().replaceAll('-', '');
  const draft = incomingPath(store);
  await mkdir(draft);
  await writeFile(join(draft, factsFile), JSON.stringify(facts));
  const path = uploadPath(store, id);
  await rename(draft, path);
  const upload: Upload = { ...facts, id, path, parts: new Map() };
  store.uploads.set(id, upload);
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
  if (store.uploads.get(upload.id) !== upload) {
    throw new S3Error('NoSuchUpload', undefined, { UploadId: upload.id });
  }
  renameSync(draft.path, partPath(upload, part.number));
  upload.parts.set(part.number, part);
}

/** Bytes of one part. */
export function readPart(upload: Upload, part: Part): AsyncIterable<Buffer> {
  return readBody(openSync(partPath(upload, part.number), 'r'), 0, part.size);
}

/** Forgets an upload and its parts. */
export function removeUpload(store: Store, upload: Upload): void {
  store.uploads.delete(upload.id);
  removeFolder(store, upload.path);
}

/** Reads an unfinished upload from disk; `undefined`, and gone, when its bucket is. */
export async function loadUpload(store: Store, id: string): Promise<Upload | undefined> {
  const path = uploadPath(store, id);
  const facts = (await readJson(join(path, factsFile))) as UploadFacts | undefined;
  if (facts === undefined || !store.buckets.has(facts.bucket)) {
    await rm(path, { recursive: true, force: true });
    return undefined;
  }
  const parts = new Map<number, Part>();
  for (const file of await readdir(path)) {
    if (file === factsFile) continue;
    const part = (await readFooter(join(path, file))) as Part;
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
