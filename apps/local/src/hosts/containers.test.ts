import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { imageName, model, onnxModel, onnxModelSource } from '@chorus/blueprint';
import { imageTag } from '@chorus/docker';
import { blueprint } from '@chorus/service';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { containers } from './containers.ts';

const root = resolve(import.meta.dirname, '../../../..');

it.each([...new Set([...blueprint.functions.map(({ source }) => source), onnxModelSource])])(
  'the image of %s has the name that it is built under',
  async (source) => {
    const { name } = JSON.parse(await readFile(join(root, source, 'package.json'), 'utf8'));
    expect(imageName(source)).toBe(imageTag(String(name).replace('@chorus/', '')));
  },
);

describe('functions in containers', () => {
  let directory: string;
  let command: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'chorus-client-'));
    command = join(directory, 'client');
    const script = `#!/bin/sh
echo "$*" >> '${command}.log'
case "$*" in
  "network inspect"*) echo 10.9.0.1 ;;
  *missing*) exit 1 ;;
esac
`;
    await writeFile(command, script);
    await chmod(command, 0o755);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const open = (...functions: Parameters<typeof containers>[0]) =>
    containers(functions, { command, clientEnvironment: { PATH: '/usr/bin:/bin' } });
  const calls = async () => (await readFile(`${command}.log`, 'utf8')).split('\n');

  it('share the image of their package, and are told apart by their names', async () => {
    const host = await open(onnxModel('churn'), onnxModel('spam'), model('svr'));
    const inspected = (await calls()).filter((call) => call.startsWith('image inspect'));
    expect(inspected).toEqual([
      'image inspect --format {{.Id}} chorus-onnx-model:local',
      'image inspect --format {{.Id}} chorus-svr:local',
    ]);
    const program = host.program(onnxModelSource, {
      workerId: '7',
      functionName: 'chorus-churn',
      memoryMb: 512,
      environment: { SECRET: 'value' },
      temporary: '',
    });
    expect(program.arguments.at(-1)).toBe('chorus-onnx-model:local');
    expect(program.arguments).toContain('chorus-churn-7');
    expect(program.killCommand).toEqual([command, 'kill', 'chorus-churn-7']);
    expect(program.arguments.join(' ')).not.toContain('value');
    expect(program.environment).toMatchObject({ SECRET: 'value' });
    await host.close();
  });

  it('are refused by the name of the image that is missing', async () => {
    await expect(open(model('missing'))).rejects.toThrow(
      'There is no image chorus-missing:local. Build the images first: npx -y pnpm@12 turbo build',
    );
  });
});
