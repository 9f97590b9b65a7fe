/** The processors of ELF files, by `e_machine` of their header. */
const machines: Readonly<Record<number, string>> = { 62: 'x64', 183: 'arm64' };

/** Returns the processor that a program or library is for, `other` for one unknown here; undefined for no ELF file. */
export function processorOf(file: Uint8Array): string | undefined {
  const isElf = Buffer.from(file.subarray(0, 4)).equals(Buffer.from('\x7fELF', 'latin1'));
  return isElf
    ? (machines[new DataView(file.buffer, file.byteOffset).getUint16(18, true)] ?? 'other')
    : undefined;
}
