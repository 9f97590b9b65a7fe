import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../root.ts';
import { runCommand } from '../testing/run-command.ts';
import { workflowFile } from '../workflow-source.ts';

const add = (...argv: readonly string[]) => runCommand(['workflows', 'add', ...argv, '--dry-run']);

describe('chorus workflows add --dry-run', () => {
  it('prints the file that it would write, and writes nothing', async () => {
    const { code, stdout } = await add(
      'halves',
      '--models',
      'svr,random-forest',
      '--combine',
      'median',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^import \{/);
    expect(stdout).toContain('export const halvesWorkflow: WorkflowSpec = workflow({');
    expect(stdout).toContain("ask(model('random-forest'), {");
    expect(stdout).toContain("answer: median('price'),");
    expect(stdout).toContain('Nothing was written (--dry-run).');
    await expect(access(join(root, workflowFile('halves')))).rejects.toThrow('ENOENT');
  });

  it('prints it as JSON', async () => {
    const { stdout } = await add('halves', '--models', 'svr', '--combine', 'mean', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      workflow: 'halves',
      models: ['svr'],
      combine: 'mean',
      example: { CRIM: 0.00632 },
      source: expect.stringContaining("answer: mean('price')"),
      files: [],
    });
  });

  it.each([
    [[], 'Missing: <name>'],
    [['x'], '--models a,b'],
    [['x', '--models', 'svr,'], '--models a,b'],
    [['x', '--models', 'svr,svr', '--combine', 'mean'], "--models has 'svr' twice"],
    [['x', '--models', 'svr'], '--combine mean|median|weighted|softVote|majority|first'],
    [['x', '--models', 'svr', '--combine', 'softvote'], 'Did you mean softVote?'],
    [['x', '--models', 'srv', '--combine', 'mean'], "There is no model 'srv'"],
    [['X y', '--models', 'svr', '--combine', 'mean'], 'no name for a workflow'],
    [['house-price', '--models', 'svr', '--combine', 'mean'], 'house-price.ts is there already'],
    [['svr', '--models', 'svr', '--combine', 'mean'], "There is a 'svr' already"],
    [['once', '--models', 'svr', '--combine', 'mean'], "The state machine 'once' answers for"],
    [['x'.repeat(31), '--models', 'svr', '--combine', 'mean'], 'has 31 letters'],
    [['x', '--models', 'svr,image-classifier', '--combine', 'mean'], 'image-classifier'],
    [['x', '--models', 'svr', '--combine', 'weighted', '--weights', '1,2'], '--weights 1.00'],
  ])('refuses %j with a remedy', async (argv, message) => {
    expect(await add(...argv)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
