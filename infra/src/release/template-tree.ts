import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { TemplateTree } from './aws-tools.ts';

interface Resource {
  readonly Type?: string;
  readonly Properties?: unknown;
}

/** A stack in the manifest of an assembly. */
interface Artifact {
  /** `production/Serving` */
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string };
}

/** The files that are uploaded before a stack is deployed. */
interface AssetFile {
  readonly files?: Readonly<Record<string, { readonly source?: { readonly path?: string } }>>;
}

const nestedType = 'AWS::CloudFormation::Stack';

function resourcesOf(tree: TemplateTree | undefined): Readonly<Record<string, Resource>> {
  if (tree === undefined || tree.template === '') return {};
  const { Resources = {} }: { readonly Resources?: Readonly<Record<string, Resource>> } =
    JSON.parse(tree.template);
  return Resources;
}

/** Returns the files of an assembly's folder by the hash that they are uploaded under. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const assets = readdirSync(folder).filter((file) => file.endsWith('.assets.json'));
  return new Map(
    assets.flatMap((asset) => {
      const { files = {} }: AssetFile = JSON.parse(readFileSync(join(folder, asset), 'utf8'));
      return Object.entries(files).flatMap(([hash, { source }]) =>
        source?.path === undefined ? [] : [[hash, source.path] as const],
      );
    }),
  );
}

function readTree(folder: string, file: string, files: ReadonlyMap<string, string>): TemplateTree {
  const template = readFileSync(join(folder, file), 'utf8');
  const nested = Object.entries(resourcesOf({ template, nested: {} })).flatMap(
    ([id, { Type, Properties }]) => {
      if (Type !== nestedType) return [];
      // Where it will be uploaded to ends with its hash.
      const [hash = ''] = /[0-9a-f]{64}(?=\.json)/.exec(JSON.stringify(Properties)) ?? [];
      const path = files.get(hash);
      return path === undefined ? [] : [[id, readTree(folder, path, files)] as const];
    },
  );
  return { template, nested: Object.fromEntries(nested) };
}

/** Reads a stack of an assembly, with those nested in it; undefined when it has none of this id. */
export function treeOfAssembly(
  assembly: string,
  stage: string,
  id: string,
): TemplateTree | undefined {
  const folder = join(assembly, `assembly-${stage}`);
  if (!existsSync(folder)) return undefined;
  const { artifacts = {} }: { readonly artifacts?: Readonly<Record<string, Artifact>> } =
    JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const found = Object.values(artifacts).find(
    ({ displayName }) => displayName === `${stage}/${id}`,
  );
  const file = found?.properties?.templateFile;
  return file === undefined ? undefined : readTree(folder, file, filesOf(folder));
}

/** A resource that a deployment would change. */
export interface Change {
  readonly kind: 'added' | 'changed' | 'removed';
  /** Logical ids, from the stack down: `Models/svr4C5`. */
  readonly id: string;
  /** `AWS::Lambda::Function` */
  readonly type: string;
}

/** Returns what differs between a stack as it is deployed and as it would be, in the stacks nested in it too. */
export function changesOf(
  before: TemplateTree | undefined,
  after: TemplateTree | undefined,
  path = '',
): readonly Change[] {
  const [was, is] = [resourcesOf(before), resourcesOf(after)];
  const ids = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted();
  return ids.flatMap((id): readonly Change[] => {
    const [old, next] = [was[id], is[id]];
    const type = next?.Type ?? old?.Type ?? '';
    const name = `${path}${id}`;
    // Where a nested template lies changes with all that is in it, which is told there.
    if (type === nestedType) return changesOf(before?.nested[id], after?.nested[id], `${name}/`);
    if (type === 'AWS::CDK::Metadata') return [];
    if (old === undefined) return [{ kind: 'added', id: name, type }];
    if (next === undefined) return [{ kind: 'removed', id: name, type }];
    return isDeepStrictEqual({ ...old, Metadata: undefined }, { ...next, Metadata: undefined })
      ? []
      : [{ kind: 'changed', id: name, type }];
  });
}

/** Returns all templates of a tree, as one text. */
export function textOf({ template, nested }: TemplateTree): string {
  return [template, ...Object.values(nested).map(textOf)].join('\n');
}
