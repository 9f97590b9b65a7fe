import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { compareAssemblies } from './compare-assemblies.ts';

const run = promisify(execFile);
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function assembly(resources: object, stack = 'Models'): string {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-compare-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assembly-production'));
  const file = `productionServing${stack}0A1B2C3D.nested.template.json`;
  writeFileSync(
    join(folder, 'assembly-production', file),
    JSON.stringify({ Resources: resources }),
  );
  return folder;
}

const lambda = (key: string, memory = 1024) => ({
  Type: 'AWS::Lambda::Function',
  Properties: { MemorySize: memory, Environment: { Variables: { MODEL_KEY: key } } },
});
const nested = (url: string) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL: url },
});

describe('compareAssemblies', () => {
  it('names what comes, what goes, and which properties change', () => {
    const before = assembly({ svr: lambda('v1'), old: { Type: 'AWS::S3::Bucket' } });
    const after = assembly({ svr: lambda('v2'), added: { Type: 'AWS::SQS::Queue' } });
    expect(compareAssemblies(before, after).split('\n')).toEqual([
      '## Infrastructure',
      '',
      '### productionServingModels',
      '',
      '- changed: `svr` (AWS::Lambda::Function): `Environment.Variables.MODEL_KEY`',
      '- **removed**: `old` (AWS::S3::Bucket)',
      '- added: `added` (AWS::SQS::Queue)',
      '',
    ]);
  });

  it('names a list that changed as a whole, and everything of a template that comes or goes', () => {
    const queue = (list: readonly number[]) => ({
      q: { Type: 'AWS::SQS::Queue', Properties: { list } },
    });
    expect(compareAssemblies(assembly(queue([1, 2])), assembly(queue([1, 3])))).toContain(
      '- changed: `q` (AWS::SQS::Queue): `list`\n',
    );
    const moved = compareAssemblies(assembly(queue([1])), assembly(queue([1]), 'Api'));
    expect(moved.split('\n').filter(Boolean)).toEqual([
      '## Infrastructure',
      '### productionServingApi',
      '- added: `q` (AWS::SQS::Queue)',
      '### productionServingModels',
      '- **removed**: `q` (AWS::SQS::Queue)',
    ]);
  });

  it('does not tell of nested templates twice', () => {
    const [before, after] = [assembly({ models: nested('a') }), assembly({ models: nested('b') })];
    expect(compareAssemblies(before, after)).toContain('No change.');
  });

  it('is what the command prints about two assemblies, and of nothing else', async () => {
    const command = join(import.meta.dirname, 'compare.ts');
    const compare = (...folders: readonly string[]) => run(process.execPath, [command, ...folders]);
    const [before, after] = [assembly({ svr: lambda('v1') }), assembly({ svr: lambda('v2') })];
    expect((await compare(before, after)).stdout).toBe(`${compareAssemblies(before, after)}\n`);
    for (const folders of [[], [before]])
      await expect(compare(...folders)).rejects.toMatchObject({
        stderr: expect.stringContaining('Which assemblies? compare <before> <after>'),
      });
  });
});
