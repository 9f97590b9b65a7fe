import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c, crc64nvme } from './crc.ts';

/** Digest length in bytes of each checksum algorithm; S3 User Guide "Checking object integrity". */
const digestBytes = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  MD5: 16,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
} as const;

export type ChecksumAlgorithm = keyof typeof digestBytes;
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export const checksumAlgorithms: readonly ChecksumAlgorithm[] = Object.keys(
  digestBytes,
) as ChecksumAlgorithm[];

/** The checksum of an object or a part; `value` is base64, a composite one ends in `-<parts>`. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
  readonly type: ChecksumType;
}

/** A checksum that grows with the bytes as they stream by. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  /** The base64 value over all bytes so far; call it once, at the end. */
  base64(): string;
}

/** Tells whether a caller's word is one of the algorithms that can be checked here. */
export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(digestBytes, name);
}

/** Header that carries the value of `algorithm`, lower case. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Element that carries the value of `algorithm` in XML answers. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** Tells whether `value` is canonical base64 of the right length for `algorithm`. */
export function isChecksumValue(algorithm: ChecksumAlgorithm, value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === digestBytes[algorithm] && bytes.toString('base64') === value;
}

/** Starts a checksum over a stream of bytes. */
export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'CRC32':
      return running32((bytes, crc) => crc32(bytes, crc));
    case 'CRC32C':
      return running32(crc32c);
    case 'CRC64NVME': {
      let crc: [number, number] = [0, 0];
      return {
        update: (bytes) => {
          crc = crc64nvme(bytes, crc);
        },
        base64: () => bigEndian(...crc),
      };
    }
    default: {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (bytes) => void hash.update(bytes), base64: () => hash.digest('base64') };
    }
  }
}

function running32(step: (bytes: Uint8Array, crc: number) => number): RunningChecksum {
  let crc = 0;
  return {
    update: (bytes) => {
      crc = step(bytes, crc);
    },
    base64: () => bigEndian(crc),
  };
}

function bigEndian(...words: number[]): string {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [index, word] of words.entries()) bytes.writeUInt32BE(word >>> 0, index * 4);
  return bytes.toString('base64');
}
