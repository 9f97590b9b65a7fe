import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Blueprint, physicalName } from '@chorus/blueprint';
import type { Pins } from '../../pins.ts';

/** What is synthesised. */
export interface FakeAssembly {
  readonly blueprint: Blueprint;
  readonly stage: string;
  readonly pins: Pins;
  /** The commit: with another one, all functions and workflows are others. */
  readonly commit: string;
  /** @default the region of the tests */
  readonly environment?: string;
  /** @default one with a digest */
  readonly baseImage?: string;
  /** Environments that each function reserves. @default 1 */
  readonly reserved?: number;
}

const folders: string[] = [];

/** Removes the folders of `writeAssembly`. */
export function removeAssemblies(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

function functionResources({ blueprint, stage, pins, commit, reserved = 1 }: FakeAssembly) {
  return blueprint.functions.flatMap(({ name }) => {
    const { live, model } = pins[name] ?? {};
    const id = `Function${name.replaceAll('-', '')}`;
    const variables = {
      ...(model !== undefined && { MODEL_KEY: `models/${name}/${model.version}/model.onnx` }),
      ...(model?.sha256 !== undefined && { MODEL_SHA256: model.sha256 }),
    };
    const alias = (Name: string, FunctionVersion: unknown) => ({
      Type: 'AWS::Lambda::Alias',
      Properties: { FunctionName: { Ref: id }, FunctionVersion, Name },
    });
    const newest = { 'Fn::GetAtt': [`${id}Version`, 'Version'] };
    return [
      [
        id,
        {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: physicalName(name, stage),
            Code: { ImageUri: `of ${commit}` },
            ReservedConcurrentExecutions: reserved,
            Environment: { Variables: variables },
          },
        },
      ],
      [`${id}Version`, { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: id } } }],
      [`${id}Live`, alias('live', live ?? newest)],
      [`${id}Next`, alias('next', newest)],
    ] as const;
  });
}

/** Writes as much of an assembly as a release reads. @returns its folder */
export function writeAssembly(of: FakeAssembly): string {
  const { stage, commit, environment = 'aws://unknown-account/us-east-1' } = of;
  const folder = mkdtempSync(join(tmpdir(), 'chorus-assembly-'));
  folders.push(folder);
  const inside = join(folder, `assembly-${stage}`);
  mkdirSync(inside);
  const write = (file: string, value: unknown) =>
    writeFileSync(join(inside, file), JSON.stringify(value));
  write('manifest.json', {
    artifacts: Object.fromEntries(
      ['Foundation', 'Functions', 'Serving'].map((id) => [
        `${stage}${id}`,
        {
          environment,
          displayName: `${stage}/${id}`,
          properties: {
            templateFile: `${stage}${id}00000000.template.json`,
            requiresBootstrapStackVersion: 6,
            bootstrapStackVersionSsmParameter: '/cdk-bootstrap/c123/version',
          },
        },
      ]),
    ),
  });
  write(`${stage}Foundation00000000.template.json`, { Resources: {}, Description: commit });
  write(`${stage}Functions00000000.template.json`, {
    Resources: Object.fromEntries(functionResources(of)),
    Description: commit,
  });
  write(`${stage}Serving00000000.template.json`, {
    Resources: {
      Workflow: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          Asks: of.blueprint.functions.map(({ name }) => `arn:…:${physicalName(name, stage)}:live`),
        },
      },
    },
    Description: commit,
  });
  write(`${stage}Functions00000000.assets.json`, {
    dockerImages: {
      one: {
        source: {
          directory: '../asset.one',
          dockerBuildArgs: { BASE_IMAGE: of.baseImage ?? `node:24@${digest}` },
        },
      },
    },
  });
  return folder;
}
