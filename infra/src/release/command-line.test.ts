import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stages } from '../../stages.ts';
import { readCommandLine } from './command-line.ts';

/** The lines of a document that call these commands, without what they begin with. */
function linesOf(document: string): readonly string[] {
  const text = readFileSync(join(import.meta.dirname, '../../..', document), 'utf8');
  return text
    .matchAll(/^npx -y pnpm@12 run (?<line>(?:deploy|diff|destroy|preview)\b[^#\n]*)/gm)
    .map(({ groups }) => (groups?.['line'] ?? '').trim())
    .toArray();
}

describe('a command line', () => {
  it.each(['README.md', 'infra/README.md'])('of %s is understood', (document) => {
    const lines = linesOf(document);
    expect(lines).not.toEqual([]);
    for (const line of lines) {
      const { command, stage } = readCommandLine(line.split(/ +/));
      expect({ line, known: Object.keys(stages) }).toMatchObject({
        line: expect.stringMatching(`^${command}`),
        known: expect.arrayContaining([stage]),
      });
    }
  });

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
