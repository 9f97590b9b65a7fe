import type { Random } from './random.ts';

const deep = (open: string, close: string, depth: number): string =>
  open.repeat(depth) + close.repeat(depth);

/** Values that stand where another is expected. */
const oddValues: readonly unknown[] = [
  null,
  true,
  '',
  'x',
  -1,
  0,
  1.5,
  1e308,
  -0,
  [],
  [[]],
  {},
  { a: 1 },
  [null],
  'NaN',
  '\u0000',
  '\ud800',
  'ü'.repeat(300),
  Array(2_000).fill(0),
];

const oddKeys = ['__proto__', 'constructor', 'toString', '', ' ', '\u0000', 'length', 'ü'];

const deepTexts: readonly string[] = [
  deep('[', ']', 5_000),
  deep('{"a":', '}', 5_000).replace(':}', ':1}'),
  deep('[', ']', 100_000),
  deep('{"instances":[', ']}', 5_000),
  `{"inputs":[{"name":"x","datatype":"FP64","shape":[1],"data":${deep('[', ']', 5_000)}}]}`,
];

/** Texts that are no body at all, whatever is expected. */
export function oddTexts(right: string): readonly (string | Buffer)[] {
  return [
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '"x"',
    '1',
    'true',
    '{',
    '{"a":NaN}',
    '[1e999]',
    `{"a":${'9'.repeat(400)}}`,
    ...deepTexts,
    right.slice(0, -1),
    `${right}${right}`,
    `\ufeff${right}\u0000`,
    right.replace('{', '{"a":1,"a":2,'),
    right.replace(/:/, ':\u0000'),
    Buffer.from(right, 'utf16le'),
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(right, 'utf16le')]),
    Buffer.concat([Buffer.from(right), Buffer.from([0xff])]),
    right.replace(/[0-9]+\.?[0-9]*/, '1e400'),
    right.replace(/[0-9]+\.?[0-9]*/, '12345678901234567890123'),
    right.replace(/"/, '"\\ud800'),
    "{'a': 1}",
    '<xml/>',
    'a=1&b=2',
  ];
}

/** Returns a copy of a value in which one thing, anywhere, is another. */
export function mutated(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || random.next() < 0.15) {
    return random.pick(oddValues);
  }
  if (Array.isArray(value)) {
    if (value.length === 0 || random.next() < 0.3) return [...value, random.pick(oddValues)];
    const at = random.whole(value.length);
    return random.next() < 0.2
      ? value.toSpliced(at, 1)
      : value.with(at, mutated(value[at], random));
  }
  const entries = Object.entries(value);
  const at = random.whole(entries.length + 1);
  const [key, inner] = entries[at] ?? [random.pick(oddKeys), 1];
  const others = entries.toSpliced(at, 1);
  const choice = random.next();
  if (choice < 0.2) return Object.fromEntries(others);
  if (choice < 0.35) return Object.fromEntries([...others, [random.pick(oddKeys), inner]]);
  return Object.fromEntries([...others, [key, mutated(inner, random)]]);
}

/** Bytes of which some are changed, left out or too many. */
export function damaged(bytes: Buffer, random: Random): Buffer {
  const at = random.whole(bytes.length + 1);
  const rest = at + random.whole(9);
  return Buffer.concat([
    bytes.subarray(0, at),
    random.bytes(random.whole(9)),
    random.next() < 0.2 ? Buffer.of() : bytes.subarray(rest),
  ]);
}
