import { gzipSync } from 'node:zlib';
import { photo } from '../photos.ts';
import { house } from '../test-cloud.ts';

/** One request and how it is told in the file of answers. */
export interface Question {
  readonly name: string;
  readonly path: string;
  /** Posted: text and bytes as they are, anything else as JSON. Without a body it is a GET. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const row = Object.values(house);
const other = { ...house, RM: 4.5, LSTAT: 20, CHAS: 1 };
const without = (name: string): object =>
  Object.fromEntries(Object.entries(house).filter(([key]) => key !== name));
const rows = (count: number): readonly unknown[] => Array(count).fill(row);

const houses: Readonly<Record<string, unknown>> = {
  'a row': house,
  'a row in another order': Object.fromEntries(Object.entries(house).reverse()),
  'an array in a batch': { instances: [row] },
  'three rows as objects': { instances: [house, other, { ...other, ZN: 100 }] },
  'three rows as arrays': { instances: [row, Object.values(other), row] },
  'a timeout': { instances: [row], parameters: { timeout: 20_000_000 } },
  'other parameters': { instances: [row], parameters: { colour: 'blue' } },
  'a timeout that passes at once': { instances: [row], parameters: { timeout: 1 } },
  'a timeout of nothing': { instances: [row], parameters: { timeout: 0 } },
  'a timeout that is text': { instances: [row], parameters: { timeout: '1' } },
  'parameters that are no object': { instances: [row], parameters: 5 },
  'parameters beside a row': { ...house, parameters: { timeout: 1_000_000 } },
  'a missing feature': without('LSTAT'),
  'two features only': { CRIM: 1, ZN: 1 },
  'an unknown feature': { ...house, POOL: 1 },
  'many unknown features': {
    ...house,
    ...Object.fromEntries(rows(80).map((_, index) => [`extra-${index}`, 1])),
  },
  'a misspelt feature': { ...without('RM'), rm: 6 },
  'text for a number': { ...house, RM: '6.5' },
  'long text for a number': { ...house, RM: 'x'.repeat(300) },
  'null for a number': { ...house, RM: null },
  'a truth for a number': { ...house, RM: true },
  'an array for a number': { ...house, RM: [6] },
  'an object for a number': { ...house, RM: { value: 6 } },
  'above the range': { ...house, ZN: 101 },
  'below the range': { ...house, CRIM: -1 },
  'far out of range in every column': Object.fromEntries(
    Object.keys(house).map((key) => [key, -1e300]),
  ),
  'an empty object': {},
  'an empty array': [],
  'an array of rows': [house],
  'a number': 5,
  'a word': '"row"',
  null: 'null',
  'an empty batch': { instances: [] },
  'a batch that is one row': { instances: house },
  'a batch that is null': { instances: null },
  'a batch that is text': { instances: 'rows' },
  'a batch with another field': { instances: [row], rows: 1 },
  'a batch with a bad row': { instances: [house, without('B')] },
  'a batch with many bad rows': { instances: [house, {}, {}, {}, {}, {}, {}] },
  'a batch with rows out of range': { instances: [row, row.map(() => -1), row.map(() => 200)] },
  'a row too short': { instances: [row, row.slice(1)] },
  'a row too long': { instances: [[...row, 1]] },
  'a row of text': { instances: [row.map(String)] },
  'an empty row': { instances: [[]] },
  'a nested row': { instances: [[row]] },
  'rows that are null': { instances: [null, null] },
  'rows of two kinds': { instances: [row, house] },
  '1,001 rows': { instances: rows(1001) },
  'a body that is too large': `[${'1,'.repeat(140_000)}1]`,
  'broken JSON': '{"CRIM": 1',
  NaN: JSON.stringify(house).replace('6.575', 'NaN'),
  'a number beyond a double': JSON.stringify(house).replace('6.575', '1e999'),
  nothing: '',
  'text that is not UTF-8': Uint8Array.of(0x22, 0xff, 0xfe, 0x22),
};

const json = { 'content-type': 'application/json' };

/** The same row under other headers. */
const headed: readonly Question[] = [
  { name: 'a form', body: 'CRIM=1', headers: { 'content-type': 'text/plain' } },
  { name: 'brotli', body: house, headers: { ...json, 'content-encoding': 'br' } },
  { name: 'no gzip', body: house, headers: { ...json, 'content-encoding': 'gzip' } },
  {
    name: 'gzip',
    body: new Uint8Array(gzipSync(JSON.stringify(house))),
    headers: { ...json, 'content-encoding': 'gzip' },
  },
].map((each) => ({ ...each, name: `house: ${each.name}`, path: '/predict/house-price' }));

const missing = 'uploads/2026-01-31/1b4e28ba-2fa1-11d2-883f-0016d3cca427.jpg';
const berlin = { lat: 52.52, lon: 13.4 };

function animals(cat: string, pan: string): Readonly<Record<string, unknown>> {
  const text = (of: string): string => Buffer.from(of, 'latin1').toString('base64');
  return {
    'a cat': { image: cat },
    'a cat in Berlin': { image: cat, location: berlin },
    'a cat in the ocean': { image: cat, location: { lat: 0, lon: -30 } },
    'no animal': { image: pan },
    'a timeout': { image: cat, parameters: { timeout: 20_000_000 } },
    'a bad timeout': { image: cat, parameters: { timeout: -1 } },
    'parameters that are text': { image: cat, parameters: 'fast' },
    'neither key nor image': {},
    'both key and image': { key: missing, image: cat },
    'an unknown field': { image: cat, colour: 'blue' },
    'a key that was never uploaded': { key: missing },
    'a key of another folder': { key: 'models/secret.onnx' },
    'a key that climbs': { key: 'uploads/../models' },
    'a key that is a number': { key: 5 },
    'an empty key': { key: '' },
    'an image that is a number': { image: 5 },
    'an empty image': { image: '' },
    'an image that is no base64': { image: '?!' },
    'an image that is too large': { image: 'A'.repeat(240_004) },
    'a body that is too large': { image: 'A'.repeat(270_000) },
    'a latitude above 90': { image: cat, location: { lat: 91, lon: 0 } },
    'a longitude below -180': { image: cat, location: { lat: 0, lon: -181 } },
    'a latitude that is text': { image: cat, location: { lat: '1', lon: 0 } },
    'no longitude': { image: cat, location: { lat: 1 } },
    'a location that is text': { image: cat, location: 'Berlin' },
    'a location with a height': { image: cat, location: { ...berlin, height: 3 } },
    'an array': [{ image: cat }],
    'broken JSON': '{"image":',
    text: { image: text('hello, this is a letter') },
    'a GIF': { image: text('GIF89a\x01\0\x01\0\0\0\0;') },
    'an SVG': { image: text('<svg xmlns="x" width="9" height="9"/>') },
    'a PDF': { image: text('%PDF-1.7\n') },
    HEIC: { image: text('\0\0\0\x18ftypheic\0\0\0\0mif1heic') },
    'the start of a JPEG': { image: text('\xff\xd8\xff\xe0\0\x10JFIF') },
    'half of a JPEG': { image: cat.slice(0, 12_000) },
    'a PNG of 2^31-1 a side': {
      image: text('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x02\0\0\0'),
    },
  };
}

const features = { name: 'features', datatype: 'FP64', shape: [1, 13], data: row };
const twoRows = {
  ...features,
  shape: [2, 13],
  data: [...row, ...Object.values(other)],
};

function openInference(cat: string): Readonly<Record<string, unknown>> {
  const image = {
    name: 'image',
    datatype: 'BYTES',
    shape: [1],
    parameters: { content_type: 'base64' },
    data: [cat],
  };
  const infer = (name: string): string => `models/${name}/infer`;
  return {
    [`${infer('house-price')} a row`]: { id: 'mine', inputs: [features] },
    [`${infer('house-price')} two rows, two outputs`]: {
      id: 'mine',
      inputs: [twoRows],
      outputs: [{ name: 'ensemble' }, { name: 'svr' }],
    },
    [`${infer('house-price')} a timeout`]: {
      id: 'mine',
      inputs: [features],
      parameters: { timeout: 20_000_000 },
    },
    [`${infer('house-price')} a bad timeout`]: {
      inputs: [features],
      parameters: { timeout: -5 },
    },
    [`${infer('house-price')} out of range`]: {
      inputs: [{ ...features, data: row.map(() => -1) }],
    },
    [`${infer('house-price')} 1,001 rows`]: {
      inputs: [{ ...features, shape: [1001, 13], data: Array(1001 * 13).fill(1) }],
    },
    [`${infer('house-price')} an unknown output`]: {
      inputs: [features],
      outputs: [{ name: 'price' }],
    },
    [`${infer('house-price')} no inputs`]: {},
    'models/house-price/versions/1/infer a version': { id: 'mine', inputs: [features] },
    'models/house-price/versions/2/infer an unknown version': { inputs: [features] },
    [`${infer('svr')} a row`]: { id: 'mine', inputs: [features] },
    [`${infer('random-forest')} two rows`]: { id: 'mine', inputs: [twoRows] },
    'models/linear-regression/versions/v1/infer a version': { id: 'mine', inputs: [features] },
    'models/svr/versions/v7/infer an unknown version': { inputs: [features] },
    [`${infer('castle')} an unknown model`]: { inputs: [features] },
    [`${infer('svr')} a wrong name`]: { inputs: [{ ...features, name: 'x' }] },
    [`${infer('svr')} a wrong shape`]: { inputs: [{ ...features, shape: [13, 1] }] },
    [`${infer('svr')} a wrong datatype`]: { inputs: [{ ...features, datatype: 'FP32' }] },
    [`${infer('svr')} too few values`]: { inputs: [{ ...features, data: [1, 2] }] },
    [`${infer('svr')} text for a number`]: {
      inputs: [{ ...features, data: row.map(String) }],
    },
    [`${infer('svr')} out of range`]: { inputs: [{ ...features, data: row.map(() => -1) }] },
    [`${infer('svr')} broken JSON`]: '{',
    [`${infer('animal')} a cat`]: { id: 'mine', inputs: [image] },
    [`${infer('animal')} a cat in Berlin`]: { id: 'mine', inputs: [image], parameters: berlin },
    [`${infer('animal')} a cat with half a place`]: { inputs: [image], parameters: { lat: 5 } },
    [`${infer('animal')} a key that was never uploaded`]: {
      inputs: [{ ...image, parameters: { content_type: 'key' }, data: [missing] }],
    },
    [`${infer('animal')} text`]: { inputs: [{ ...image, parameters: {}, data: ['a letter'] }] },
    [`${infer('animal')} two photos`]: { inputs: [{ ...image, shape: [2], data: [cat, cat] }] },
    [`${infer('image-classifier')} a cat`]: { id: 'mine', inputs: [image] },
    [`${infer('image-classifier')} a GIF`]: {
      inputs: [{ ...image, data: [Buffer.from('GIF89a\x01\0\x01\0\0').toString('base64')] }],
    },
    'repository/index the index': {},
  };
}

const gets = [
  '',
  'health/live',
  'health/ready',
  'models',
  'models/house-price',
  'models/house-price/ready',
  'models/house-price/versions/1',
  'models/house-price/versions/3/ready',
  'models/animal',
  'models/animal/ready',
  'models/svr',
  'models/svr/ready',
  'models/svr/versions/v1',
  'models/svr/versions/v1/ready',
  'models/svr/versions/v9',
  'models/svr/versions/v9/ready',
  'models/image-classifier',
  'models/castle',
  'models/castle/ready',
  'models/svr/stats',
  'nothing',
];

/** Every request whose answer is kept: good and bad, of both workflows, through both entrances. */
export async function questions(): Promise<readonly Question[]> {
  const [cat, pan] = await Promise.all(
    ['cat-chelsea.jpg', 'none-pan.jpg'].map(async (name) => (await photo(name)).toString('base64')),
  );
  const posted = (of: Readonly<Record<string, unknown>>, prefix: string, path: string) =>
    Object.entries(of).map(([name, body]) => ({ name: `${prefix}: ${name}`, path, body }));
  return [
    ...posted(houses, 'house', '/predict/house-price'),
    ...headed,
    ...posted(animals(cat ?? '', pan ?? ''), 'animal', '/predict/animal'),
    ...Object.entries(openInference(cat ?? '')).map(([name, body]) => ({
      name: `POST /v2/${name}`,
      path: `/v2/${name.split(' ')[0]}`,
      body,
    })),
    ...gets.map((path) => ({
      name: `GET /v2/${path}`,
      path: path === '' ? '/v2' : `/v2/${path}`,
    })),
    { name: 'GET a workflow', path: '/predict/house-price' },
    { name: 'an unknown workflow', path: '/predict/castle-price', body: house },
  ];
}
