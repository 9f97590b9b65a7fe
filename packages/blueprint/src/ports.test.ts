import type { Datatype } from '@chorus/protocol';
import { describe, expect, it } from 'vitest';
import { findReadable, inScope, isNumeric, type Port, type Readable } from './ports.ts';

const tensor = (datatype: Datatype, shape: readonly number[], name = 'x') => ({
  name,
  datatype,
  shape,
});
const readable = (port: Port, value: unknown = 'v'): Readable => ({ port, from: 'there', value });

describe('a need', () => {
  it.each([
    [tensor('FP64', [-1, 2]), tensor('FP64', [-1, 2])],
    [tensor('FP64', [-1, 2]), tensor('FP32', [-1, 2])],
    [tensor('INT64', [3]), tensor('FP16', [3])],
    [tensor('UINT8', [3]), tensor('FP64', [-1])],
    [tensor('INT32', [-1]), tensor('INT32', [3])],
    [tensor('BYTES', [1]), tensor('BYTES', [1])],
    [tensor('BOOL', []), tensor('BOOL', [])],
  ])('%j meets %j', (given, need) => {
    const only = readable(given);
    expect(findReadable([only], need, 'who')).toBe(only);
  });

  it.each([
    [tensor('FP64', [-1, 2]), tensor('INT64', [-1, 2])],
    [tensor('INT32', [1]), tensor('INT64', [1])],
    [tensor('BYTES', [1]), tensor('FP64', [1])],
    [tensor('BOOL', [1]), tensor('FP64', [1])],
    [tensor('FP64', [1]), tensor('BYTES', [1])],
    [tensor('FP64', [-1]), tensor('FP64', [-1, 2])],
    [tensor('FP64', [-1, 2]), tensor('FP64', [-1])],
    [tensor('FP64', [3]), tensor('FP64', [2])],
    [tensor('FP64', [0]), tensor('FP64', [2])],
    [tensor('FP64', [2]), tensor('FP64', [0])],
    [{ name: 'x', datatype: 'JSON' } as const, tensor('FP64', [1])],
  ])('%j does not meet %j', (given, need) => {
    expect(() => findReadable([readable(given)], need, 'who')).toThrow(
      /^who needs x \w+ \[.*\], but there gives x \w+/,
    );
  });

  it('is met by the nearest of its name, or of the name it gives', () => {
    const [far, near, other] = [
      readable(tensor('FP64', [1])),
      readable(tensor('FP64', [1])),
      readable(tensor('FP64', [1], 'y')),
    ];
    const need = tensor('FP64', [1]);
    expect(findReadable([far, near, other], need, 'who')).toBe(near);
    expect(findReadable([far, near, other], { ...need, from: 'y' }, 'who')).toBe(other);
    expect(() => findReadable([], need, 'who')).toThrow(
      'who needs x FP64 [1], but there is nothing',
    );
    expect(() => findReadable([other], need, 'who')).toThrow('but there is y FP64 [1] from there');
  });
});

it('numbers are the datatypes of integers and floats', () => {
  const all = ['INT8', 'INT64', 'UINT8', 'UINT64', 'FP16', 'FP32', 'FP64', 'BOOL', 'BYTES', 'JSON'];
  expect(all.filter(isNumeric)).toEqual(all.slice(0, 7));
});

it('an expression names what is in variables, the nearest of a name; the rest stays as it is', () => {
  const readables = [
    readable(tensor('FP64', [1]), '{% $x %}'),
    readable(tensor('FP64', [1]), '{% $x_2 %}'),
    readable(tensor('FP64', [1], 'y'), { name: 'y', data: [1] }),
  ];
  expect(inScope('$x.data[0] + $y + $xy + $sum($x)', readables)).toBe(
    '$x_2.data[0] + $y + $xy + $sum($x_2)',
  );
});
