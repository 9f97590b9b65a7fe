import { expect, it } from 'vitest';
import { fieldsOfHeader, namesInHeader } from './csv-header.ts';

it.each([
  ['plain', 'a,b,c\n1,2,3\n', ['a', 'b', 'c']],
  ['with a byte order mark and Windows lines', '\uFEFFa,b\r\n1,2\r\n', ['a', 'b']],
  ['with lines of an old Mac', 'a,b\r1,2\r', ['a', 'b']],
  ['with quotes around a comma', '"a, b",c\n', ['a, b', 'c']],
  ['with quotes in quotes', '"a ""q""",b\n', ['a "q"', 'b']],
  ['with semicolons', 'a;b;"c,d"\n', ['a', 'b', 'c,d']],
  ['with tabs', 'a\tb\n', ['a', 'b']],
  ['of one column, without an end of line', 'price', ['price']],
  ['with spaces around its names', ' a , b ', ['a', 'b']],
])('reads a header %s', (_, content, names) => {
  expect(namesInHeader(content)).toEqual(names);
});

it('gives the fields of a header as they stand, spaces and all', () => {
  expect(fieldsOfHeader('\uFEFFa, b,"c ""q"", d",\r\n1,2,3,4')).toEqual([
    'a',
    ' b',
    'c "q", d',
    '',
  ]);
});
