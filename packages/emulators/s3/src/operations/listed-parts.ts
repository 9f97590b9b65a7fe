import { checksumAlgorithms, checksumElement } from '../checksums.ts';
import { S3Error } from '../errors.ts';
import type { Part } from '../store/records.ts';
import type { Upload } from '../store/store.ts';
import { childElements, childText, onlyChildren } from '../xml.ts';

/** Every part but the last has to be this large, as on S3. */
const minPartBytes = 5 * 1024 * 1024;

/** An element of the request's document, by the names of its children. */
export type Document = Readonly<Record<string, unknown>>;

const allChecksums = checksumAlgorithms.map(checksumElement);

/** The parts the document lists, in order. @throws {S3Error} MalformedXML, InvalidPart, InvalidPartOrder, EntityTooSmall */
export function listedParts(upload: Upload, document: Document): Part[] {
  const listed = childElements(document, 'Part');
  onlyChildren(document, ['Part'], 'CompleteMultipartUpload');
  if (listed.length === 0) throw new S3Error('MalformedXML', 'You must specify at least one part');
  let previous = 0;
  const parts = listed.map((node) => {
    onlyChildren(node, ['PartNumber', 'ETag', ...allChecksums], 'CompleteMultipartUpload');
    const number = Number(childText(node, 'PartNumber'));
    if (number <= previous) throw new S3Error('InvalidPartOrder');
    previous = number;
    const part = upload.parts.get(number);
    if (part === undefined || part.etag !== etagOf(node) || !sameChecksum(node, part)) {
      throw new S3Error('InvalidPart', undefined, { PartNumber: String(number) });
    }
    return part;
  });
  for (const part of parts.slice(0, -1)) {
    if (part.size < minPartBytes) {
      throw new S3Error('EntityTooSmall', undefined, {
        PartNumber: String(part.number),
        MinSizeAllowed: String(minPartBytes),
        ProposedSize: String(part.size),
      });
    }
  }
  return parts;
}

/** Tells whether a part is listed without a checksum, or with the one that it has. */
function sameChecksum(node: Document, part: Part): boolean {
  return allChecksums.every((name) => {
    const listed = childText(node, name);
    if (listed === undefined) return true;
    const { algorithm, value } = part.checksum ?? {};
    return algorithm !== undefined && checksumElement(algorithm) === name && listed === value;
  });
}

/** The ETag a part is listed with, without quotes. */
export function etagOf(part: Document): string | undefined {
  return childText(part, 'ETag')?.replaceAll('"', '');
}
