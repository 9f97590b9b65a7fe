import { describe, expect, it } from 'vitest';
import { runCommand } from './testing/run-command.ts';

const everyCommand = [
  'predict',
  'models list',
  'models show',
  'models diff',
  'models train',
  'models push',
  'models swap',
  'models promote',
  'models rollback',
];

describe('help', () => {
  it.each([[[]], [['help']], [['--help']], [['-h']], [['--', 'help']]])(
    'lists every command for %j',
    async (argv) => {
      const { code, stdout, stderr } = await runCommand(argv);
      expect(code).toBe(0);
      for (const name of everyCommand) expect(stdout).toContain(`chorus ${name}`);
      expect(stderr).toBe('');
    },
  );

  it.each(everyCommand)('tells how to use %s, before its arguments are looked at', async (name) => {
    const words = name.split(' ');
    for (const argv of [
      [...words, '--help'],
      ['help', ...words],
      [...words, '--nope', '-h'],
    ]) {
      const { code, stdout } = await runCommand(argv);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: chorus ${name} `));
      expect(stdout).toContain('--json');
    }
  });

  it('lists the commands of a group', async () => {
    const { code, stdout } = await runCommand(['models', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('chorus models swap <name> <version>');
    expect(stdout).not.toContain('predict');
  });
});

describe('a command line that is wrong', () => {
  it.each([
    [['predcit'], "There is no command 'predcit'. Did you mean predict?", 'chorus help'],
    [['modles', 'list'], 'Did you mean models list?', 'chorus help'],
    [['swap', 'svr', 'v2'], 'Did you mean models swap?', 'chorus help'],
    [
      ['models'],
      'chorus models what? There is: list, show, diff, add, fetch, train, push, swap, promote, rollback',
      'chorus help',
    ],
    [['models', 'swpa'], 'Did you mean models swap?', 'chorus help'],
    [['help', 'xyzzy'], "There is no command 'xyzzy'.", 'chorus help'],
    [['models', 'swap', 'svr'], 'Missing: <version>', 'chorus models swap --help'],
    [['models', 'list', 'svr'], 'One argument too many: svr', 'chorus models list --help'],
    [['models', 'list', '--jsno'], 'Did you mean --json?', 'chorus models list --help'],
    [
      ['models', 'train', 'svm'],
      "no model 'svm', only: linear-regression, random-forest, svr, ",
      'chorus models train --help',
    ],
    [['models', 'train', 'svm'], 'Did you mean svr?', 'chorus models train --help'],
    [['models', 'train', 'gateway'], "no model 'gateway'", 'chorus models train --help'],
    [
      ['models', 'train', 'svr', '--seed', '1.5'],
      '--seed takes a whole number',
      'chorus models train --help',
    ],
    [
      ['models', 'train', 'svr', '--set', 'c'],
      '--set takes name=value',
      'chorus models train --help',
    ],
    [
      ['models', 'promote', 'svr', 'v2', '--canary', '101%'],
      '--canary is at most 100%',
      'chorus models promote --help',
    ],
    [
      ['models', 'promote', 'svr', 'v2', '--shadow', '5 minutes'],
      '--shadow takes a duration such as 30s, 5m or 1h',
      'chorus models promote --help',
    ],
    [['env', 'x'], 'One argument too many: x', 'chorus env --help'],
    [['models', 'promote', 'svr'], 'Missing: <version>', 'chorus models promote --help'],
    [
      ['predict'],
      'Which workflow or model? There are the workflows house-price',
      'chorus predict --help',
    ],
    [['predict', 'hose-price'], 'Did you mean house-price?', 'chorus predict --help'],
    [['predict', 'house-price', '{}', '{}'], 'One argument too many: {}', 'chorus predict --help'],
  ])('%j exits with 2, a reason and where to look', async (argv, reason, help) => {
    const { code, stdout, stderr } = await runCommand(argv);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(reason);
    expect(stderr).toContain(`See: ${help}`);
    expect(stderr.trim().split('\n')).toHaveLength(2);
  });

  it('shows the stack only when asked to', async () => {
    const { stderr } = await runCommand(['predict', 'nothing'], { CHORUS_DEBUG: '1' });
    expect(stderr).toContain('    at ');
  });
});
