import { createHash } from 'node:crypto';
import type { Tree } from '../grow-tree.ts';

/** Some trees of a forest, that follow one another. */
export interface ForestShare {
  /** The same for two shares only if they are of one forest: of its rows, options and seed. */
  readonly fingerprint: string;
  /** The number of the first tree. */
  readonly first: number;
  readonly trees: readonly Tree[];
}

const digestBytes = 32;
const headerBytes = 12;

/**
 * Returns a share as bytes, little-endian: the fingerprint's 32 bytes, the numbers of the first tree and of trees, the
 * trees, and the SHA-256 of it all. A tree is its root, its numbers of nodes and leaves, then per node the feature,
 * threshold (float32), left and right child, then the leaves (float64).
 */
export function encodeShare({ fingerprint, first, trees }: ForestShare): Uint8Array {
  const parts = [
    Buffer.from(fingerprint, 'hex'),
    bytesOf(Int32Array.of(first, trees.length)),
    ...trees.flatMap(({ root, feature, threshold, left, right, leaves }) => [
      bytesOf(Int32Array.of(root, feature.length, leaves.length)),
      bytesOf(feature),
      bytesOf(threshold),
      bytesOf(left),
      bytesOf(right),
      bytesOf(leaves),
    ]),
  ];
  return Buffer.concat([...parts, digestOf(Buffer.concat(parts))]);
}

/** Returns a share by its bytes; `undefined` if they are not all there, or not as they were written. */
export function decodeShare(bytes: Uint8Array): ForestShare | undefined {
  const content = bytes.subarray(0, -digestBytes);
  if (!digestOf(content).equals(bytes.subarray(-digestBytes))) return undefined;
  let offset = digestBytes;
  /** The next bytes, where numbers of any size may begin. */
  const take = (length: number): ArrayBuffer => {
    offset += length;
    return Uint8Array.from(content.subarray(offset - length, offset)).buffer;
  };
  const [first = 0, count = 0] = new Int32Array(take(8));
  const trees = Array.from({ length: count }, () => {
    const [root = 0, nodes = 0, leaves = 0] = new Int32Array(take(headerBytes));
    return {
      root,
      feature: new Int32Array(take(4 * nodes)),
      threshold: new Float32Array(take(4 * nodes)),
      left: new Int32Array(take(4 * nodes)),
      right: new Int32Array(take(4 * nodes)),
      leaves: new Float64Array(take(8 * leaves)),
    };
  });
  return {
    fingerprint: Buffer.from(content.subarray(0, digestBytes)).toString('hex'),
    first,
    trees,
  };
}

const bytesOf = (values: Int32Array | Float32Array | Float64Array) =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
