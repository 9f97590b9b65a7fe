import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('a command line', () => {
  it('says what to do, and what is passed on', () => {
    const line = ['deploy', '--stage', 'staging', '--model', 'a=v1', '--model', 'b=v2', '--yes'];
    expect(readCommandLine([...line, '--', '-c', 'imageCache=gha'])).toMatchObject({
      command: 'deploy',
      stage: 'staging',
      model: ['a=v1', 'b=v2'],
      yes: true,
      json: false,
      parameters: ['-c', 'imageCache=gha'],
    });
    expect(readCommandLine(['preview', '--expired', '--json'])).toMatchObject({
      expired: true,
      json: true,
      model: [],
    });
  });

  it.each([
    [[], 'no command; there are:'],
    [['release'], 'release is no command; there are:'],
    [['toString'], 'toString is no command'],
    [['diff', '--data', 'delete'], 'diff has no option --data'],
    [['destroy', '--assembly', 'x'], 'destroy has no option --assembly'],
    [['deploy', '--stage'], "Option '--stage <value>' argument missing"],
    [['deploy', '--force'], "Unknown option '--force'"],
  ])('%j is refused', (line, problem) => {
    expect(() => readCommandLine(line)).toThrow(problem);
    expect(() => readCommandLine(line)).toThrow('pnpm@12 run destroy --stage staging');
  });
});
