import { closeSync, openSync, readSync } from 'node:fs';

/**
 * Returns a random UUID (version 4) of the operating system's randomness.
 *
 * Node's own generators, `crypto.randomUUID` among them, are memory of the process, and SnapStart starts many environments
 * from one copy of that memory: two of them could draw the same. The kernel of each is told that it was restored.
 * https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html
 */
export function uniqueId(): string {
  const bytes = Buffer.alloc(16);
  const device = openSync('/dev/urandom', 'r');
  try {
    readSync(device, bytes);
  } finally {
    closeSync(device);
  }
  // Version 4 and the variant of RFC 9562.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
