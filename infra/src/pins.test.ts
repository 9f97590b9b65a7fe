import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { OptionError } from './errors.ts';
import { type Pins, readPins, writePins } from './pins.ts';

const folder = mkdtempSync(join(tmpdir(), 'chorus-pins-'));
afterAll(() => rmSync(folder, { recursive: true }));

const version = fc.integer({ min: 1, max: 1e6 });
const model = fc.record(
  {
    version: version.map((number) => `v${number}`),
    sha256: fc.stringMatching(/^[0-9a-f]{64}$/),
  },
  { requiredKeys: ['version'] },
);
const pins: fc.Arbitrary<Pins> = fc.dictionary(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
  fc.record({ live: version.map(String), model }, { requiredKeys: [] }),
);

it('pins are read as they were written', () => {
  fc.assert(
    fc.property(pins, (functions) => {
      writePins(folder, { stage: 'staging', functions });
      expect(readPins(folder, 'staging')).toEqual(functions);
    }),
  );
});

it.each([
  ['{', 'cannot be read'],
  ['[]', 'expected {"stage": …, "functions": {…}}'],
  ['{"stage":"staging"}', 'expected {"stage": …, "functions": {…}}'],
  ['{"stage":"production","functions":{}}', 'is of the stage production'],
  ['{"stage":"staging","functions":{"svr":7}}', 'svr: expected an object'],
  ['{"stage":"staging","functions":{"svr":{"live":12}}}', 'svr: live: expected the number'],
  ['{"stage":"staging","functions":{"svr":{"live":"$LATEST"}}}', 'svr: live: expected the number'],
  ['{"stage":"staging","functions":{"svr":{"version":"v7"}}}', 'svr: version: there is no such'],
  ['{"stage":"staging","functions":{"svr":{"model":"v7"}}}', 'svr: model: expected an object'],
  ['{"stage":"staging","functions":{"svr":{"model":{"version":"7"}}}}', 'such as v7, got 7'],
  [
    '{"stage":"staging","functions":{"svr":{"model":{"version":"v7","sha256":"x"}}}}',
    'model.sha256: expected 64 hexadecimal digits, got x',
  ],
  [
    '{"stage":"staging","functions":{"svr":{"model":{"version":"v7","hash":"x"}}}}',
    'model.hash: there is no such',
  ],
])('%s is refused by name', (text, message) => {
  writeFileSync(join(folder, 'staging.json'), text);
  const read = () => readPins(folder, 'staging');
  expect(read).toThrow(OptionError);
  expect(read).toThrow(join(folder, 'staging.json'));
  expect(read).toThrow(message);
});
