import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import type { App } from 'aws-cdk-lib';
import { buildApp } from '../app.ts';
import { architectureOf } from '../architecture.ts';
import { functionsOfAccess } from '../authorizer.ts';
import type { AppOptions, StageOptions } from '../options.ts';

/** A resource of a template; its properties are looked at as data. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** A synthesised app. */
export interface Assembly {
  /** Resources by logical id, of one nested stack: `Models`; or of `Foundation`, `Functions` and `Serving` themselves. */
  readonly resources: (stack: string) => Readonly<Record<string, Resource>>;
  /** A whole template: of `Foundation`. */
  readonly template: (stack: string) => Readonly<Record<string, unknown>>;
  /** Names of the assembly's files, in order. */
  readonly names: () => readonly string[];
  /** Files of the assembly by their name, `validation-report.json`, or of the stage; undefined when it has none such. */
  readonly file: (name: string) => string | undefined;
}

/** The context that the command line takes from `cdk.json`. */
export const flags: { readonly context: Readonly<Record<string, unknown>> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../cdk.json'), 'utf8'),
);

/** Temporary folders, removed by `cleanUp`. */
const folders: string[] = [];

/** Returns a new folder, which `cleanUp` removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chorus-infra-'));
  folders.push(folder);
  return folder;
}

/** Removes the folders, with what `synthesise` and `bundledRoot` wrote in them. */
export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/**
 * Returns a repository's root in which every function is bundled.
 *
 * @param code what is in which bundle
 * @param platform what the bundles say they are for. @default nothing, which fits any
 * @param of whose functions. @default the service
 */
export function bundledRoot(
  code: Readonly<Record<string, string>> = {},
  platform?: string,
  of: Pick<Blueprint, 'functions'> = blueprint,
): string {
  const root = temporaryFolder();
  for (const { name, source, architecture } of [
    ...of.functions,
    ...functionsOfAccess({ access: 'jwt' }),
  ]) {
    const files = {
      Dockerfile: 'FROM scratch\nCOPY app app\n',
      'app/main.mjs': code[name] ?? '',
      'native/platform.json': JSON.stringify({ ...(platform !== undefined && { platform }) }),
    };
    for (const [file, text] of Object.entries(files)) {
      const path = join(root, source, 'dist', `linux-${architectureOf({ architecture })}`, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }
  return root;
}

/** A stage with the options that are the default. */
export const production: StageOptions = { name: 'production', region: 'us-east-1', pins: {} };

/**
 * Synthesises an app as the command line does, with the flags of `cdk.json`.
 *
 * @param alter adds what is not in the service before the app is synthesised
 * @throws if cdk-nag or CloudFormation's validator find an error in it
 */
export function synthesise(
  stage: Partial<StageOptions> = {},
  options: Partial<AppOptions> = {},
  alter: (app: App) => void = () => undefined,
): Assembly {
  const outdir = temporaryFolder();
  const root = options.root ?? bundledRoot({}, undefined, options.blueprint);
  const stages = options.stages ?? [{ ...production, ...stage }];
  const app = buildApp({ blueprint, ...options, root, stages }, flags.context, outdir);
  alter(app);
  app.synth();
  const [name = 'production'] = stages.map((each) => each.name);
  const folder = join(outdir, `assembly-${name}`);
  // Read at once, so that it outlasts its folder.
  const files = new Map(
    [outdir, folder].flatMap((each) =>
      readdirSync(each, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(each, entry.name), 'utf8')] as const),
    ),
  );
  function template(stack: string) {
    const pattern = new RegExp(
      `^${name}(?:Foundation|Functions|Serving)?${stack}[0-9A-F]{8}\\.(?:nested\\.)?template\\.json$`,
    );
    const [, text] = [...files].find(([file]) => pattern.test(file)) ?? [];
    if (text === undefined) throw new Error(`no template of ${stack} among ${[...files.keys()]}`);
    return JSON.parse(text);
  }
  return {
    template,
    resources: (stack) => template(stack).Resources,
    names: () => [...files.keys()].sort(),
    file: (wanted) => files.get(wanted),
  };
}

let asItIs: Assembly | undefined;

/** Returns the service as `synthesise` makes it without options, once for all tests of a process. */
export function serviceAssembly(): Assembly {
  asItIs ??= synthesise();
  return asItIs;
}

/** Returns the resources of a type, by logical id. */
export function ofType(
  resources: Readonly<Record<string, Resource>>,
  type: string,
): readonly (readonly [string, Resource])[] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/**
 * Returns a value of a template with what is only known when it is deployed written out: `Fn::Join` joined,
 * references as `<name>`.
 */
export function written(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, ...functions } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${Ref}>`;
  const join = functions['Fn::Join'];
  if (Array.isArray(join)) {
    const [separator, parts] = join as [string, readonly unknown[]];
    return parts.map(written).join(separator);
  }
  return `<${JSON.stringify(value)}>`;
}
