import { expect, it } from 'vitest';
import { OptionError } from '../errors.ts';
import { readCommandLine, usageFor } from './command-line.ts';

const stages = ['staging', 'production'];
const read = (...line: readonly string[]) => readCommandLine(line, stages);

it('names the stage, whether nothing is asked, and whether it is only tidied', () => {
  expect(read('--stage', 'staging')).toEqual({ stage: 'staging', yes: false, tidy: false });
  expect(read('--stage=production', '--yes')).toMatchObject({ stage: 'production', yes: true });
  expect(read('--stage', 'staging', '--tidy')).toMatchObject({ tidy: true });
});

it.each([
  [[], '--stage: say which one'],
  [['staging'], 'staging means nothing here: the stage is named by --stage'],
  [['--stage'], "Option '--stage <value>' argument missing"],
  [['--stage', 'staging', '--frobnicate'], "Unknown option '--frobnicate'"],
])('%j is refused, and how it is called is said', (line, problem) => {
  const refused = () => read(...line);
  expect(refused).toThrow(OptionError);
  expect(refused).toThrow(problem);
  expect(refused).toThrow(usageFor(stages));
});

it('says of which stages there are', () => {
  expect(usageFor(stages)).toContain('<stage>: staging, production, preview');
});
