import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readNpz } from './read-npz.ts';

/** An array as NumPy writes it, in the first or the second version of its format. */
function npy(header: string, body: Uint8Array, version: 1 | 2 = 1): Uint8Array {
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  length.writeUIntLE(header.length, 0, length.length);
  const magic = Buffer.from([0x93, ...Buffer.from('NUMPY'), version, 0]);
  return Buffer.concat([magic, length, Buffer.from(header), body]);
}

const header = (descr: string, shape: string, fortran = 'False'): string =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }          \n`;

const read = (array: Uint8Array) => readNpz(zipSync({ 'X.npy': array }), 'rows.npz');

const floats = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer);

it.each([1, 2] as const)('reads version %i of the format', (version) => {
  expect(read(npy(header('<f4', '2, 2'), floats, version))).toEqual([
    { name: 'X', datatype: 'FP32', shape: [2, 2], data: [1, 2, 3, 4] },
  ]);
});

it('reads no element beyond the end of an array that was cut', () => {
  const [array] = read(npy(header('<f4', '4,'), floats.subarray(0, 11)));
  expect(array).toMatchObject({ shape: [4], data: [1, 2] });
});

it('reads texts that are shorter than the longest, and none where they have no length', () => {
  const texts = Buffer.from(Uint32Array.of(0x61, 0, 0x62, 0x63, 0x1f600, 0).buffer);
  expect(read(npy(header('<U2', '3,'), texts))[0]?.data).toEqual(['a', 'bc', '\u{1f600}']);
  expect(read(npy(header('<U0', '2,'), new Uint8Array()))[0]?.data).toEqual([]);
});

it('keeps whole numbers exact that no double holds', () => {
  const body = Buffer.from(BigInt64Array.of(2n ** 53n, 2n ** 53n - 1n).buffer);
  expect(read(npy(header('<i8', '2,'), body))[0]?.data).toEqual([2n ** 53n, 2 ** 53 - 1]);
  const unsigned = Buffer.from(BigUint64Array.of(2n ** 64n - 1n).buffer);
  expect(read(npy(header('<u8', '1,'), unsigned))[0]?.data).toEqual([2n ** 64n - 1n]);
});

it.each([
  ['big-endian', header('>f4', '4,'), 'numpy.ascontiguousarray(X)'],
  ['in Fortran order', header('<f4', '2, 2', 'True'), 'numpy.ascontiguousarray(X)'],
  ['of complex numbers', header('<c8', '4,'), 'elements of kind "c8"'],
  ['of objects', header('|O', '4,'), 'elements of kind "O"'],
  ['without a header', '', 'elements of kind ""'],
])('refuses an array %s', (_, text, message) => {
  expect(() => read(npy(text, floats))).toThrow(
    expect.objectContaining({ name: 'SampleError', message: expect.stringContaining(message) }),
  );
});

it('refuses what is no archive', () => {
  expect(() => readNpz(Buffer.from('PK'), 'rows.npz')).toThrow(
    'rows.npz is no NumPy archive: make it with numpy.savez',
  );
});
