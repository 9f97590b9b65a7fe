/** CRC32C (Castagnoli) and CRC64NVME, bit-reflected and table-driven; `node:zlib` has only CRC32. */

/** A CRC as two 32-bit halves, so that 64 bits need no slow BigInt. */
interface CrcTable {
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

function buildTable(polynomialHigh: number, polynomialLow: number): CrcTable {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let h = 0;
    let l = byte;
    for (let bit = 0; bit < 8; bit++) {
      const carry = l & 1;
      l = (l >>> 1) | (h << 31);
      h >>>= 1;
      if (carry === 1) {
        h ^= polynomialHigh;
        l ^= polynomialLow;
      }
    }
    high[byte] = h;
    low[byte] = l;
  }
  return { high, low };
}

const castagnoli = buildTable(0, 0x82f63b78);
const nvme = buildTable(0x9a6c9329, 0xac4bc9b5);

/** Continues a CRC32C (start with 0) over `bytes`; RFC 3720, appendix B.4. */
export function crc32c(bytes: Uint8Array, previous: number): number {
  const table = castagnoli.low;
  let crc = ~previous;
  for (let i = 0; i < bytes.length; i++) {
    crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  }
  return ~crc >>> 0;
}

/** Continues a CRC64NVME (start with `[0, 0]`, high half first) over `bytes`; NVM Express specification. */
export function crc64nvme(
  bytes: Uint8Array,
  previous: readonly [number, number],
): [number, number] {
  const { high, low } = nvme;
  let h = ~previous[0];
  let l = ~previous[1];
  for (let i = 0; i < bytes.length; i++) {
    const index = (l ^ (bytes[i] ?? 0)) & 0xff;
    l = ((l >>> 8) | (h << 24)) ^ (low[index] ?? 0);
    h = (h >>> 8) ^ (high[index] ?? 0);
  }
  return [~h >>> 0, ~l >>> 0];
}
