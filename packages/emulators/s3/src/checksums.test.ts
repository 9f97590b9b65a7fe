import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumAlgorithms, isChecksumValue, startChecksum } from './checksums.ts';

describe('checksums', () => {
  // The check values of the CRC catalogue (and of coreutils for the digests), of the nine ASCII digits.
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
    ['MD5', '25f9e794323b453885f5181f1b624d0b'],
    ['SHA1', 'f7c3bc1d808e04732adf679965ccc34ca7ae3441'],
    ['SHA256', '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225'],
  ] as const)('%s of 123456789 is %s', (algorithm, hex) => {
    const checksum = startChecksum(algorithm);
    checksum.update(Buffer.from('123456789'));
    expect(checksum.base64()).toBe(Buffer.from(hex, 'hex').toString('base64'));
  });

  it.each(checksumAlgorithms)('%s does not depend on where the stream is cut', (algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        const whole = startChecksum(algorithm);
        whole.update(bytes);
        const cutUp = startChecksum(algorithm);
        cutUp.update(bytes.subarray(0, cut));
        cutUp.update(bytes.subarray(cut));
        expect(cutUp.base64()).toBe(whole.base64());
      }),
    );
  });

  it.each(checksumAlgorithms)('%s notices one flipped bit', (algorithm) => {
    const bytes = randomBytes(1000);
    const before = startChecksum(algorithm);
    before.update(bytes);
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    const after = startChecksum(algorithm);
    after.update(bytes);
    expect(after.base64()).not.toBe(before.base64());
  });

  it('takes only canonical base64 of the right length for a value', () => {
    expect(isChecksumValue('CRC32', 'AAAAAA==')).toBe(true);
    for (const value of ['', 'AAAAAA', 'AAAA', 'AAAAAAA=', '!!!!', 'AAAAAB==']) {
      expect(isChecksumValue('CRC32', value), value).toBe(false);
    }
  });
});
