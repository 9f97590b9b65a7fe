import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { physicalName } from '@chorus/blueprint';
import { parseModelKey } from '@chorus/registry/manifest';
import { InfraError } from '../errors.ts';
import { liveAlias } from '../names.ts';
import type { FunctionPin } from '../pins.ts';

type Properties = Readonly<Record<string, unknown>>;

interface Resource {
  readonly Type: string;
  readonly Properties?: Properties;
}

type Resources = Readonly<Record<string, Resource>>;

/** The image of a function: how it is built. */
export interface Image {
  /** The folder that it is built of. */
  readonly folder: string;
  /** `--build-arg`s. */
  readonly arguments: Readonly<Record<string, string>>;
}

/** The facts about a stage that its assembly says. */
export interface AssemblyFacts {
  /** By function, by its physical name: the versions that its templates keep live. */
  readonly pins: Readonly<Record<string, FunctionPin>>;
  /** Environments that the functions reserve, all together, and each. */
  readonly reserved: Readonly<Record<string, number>>;
  /** Account and region that it was made for; undefined where it fits any. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The version of the CDK's bootstrap stack that it needs, by the parameter that has it. */
  readonly bootstrap: Readonly<Record<string, number>>;
  readonly images: readonly Image[];
}

const parse = (folder: string, file: string): unknown =>
  JSON.parse(readFileSync(join(folder, file), 'utf8'));

const isFunction = ({ Type }: Resource) => Type === 'AWS::Lambda::Function';

/** Returns a function's name, also one that an alias refers to. */
function functionNameOf(value: unknown, resources: Resources): string | undefined {
  if (typeof value === 'string') return value;
  const { Ref } = Object(value) as { readonly Ref?: string };
  const name = resources[Ref ?? '']?.Properties?.['FunctionName'];
  return typeof name === 'string' ? name : undefined;
}

/** The model of a function, as its environment says. */
function modelOf({ Environment }: Properties): FunctionPin['model'] {
  const { Variables } = Object(Environment) as { readonly Variables?: Properties };
  const { MODEL_KEY: key, MODEL_SHA256: sha256 } = Variables ?? {};
  if (typeof key !== 'string' || key === '') return undefined;
  const { version } = parseModelKey(key);
  return { version, ...(typeof sha256 === 'string' && sha256 !== '' && { sha256 }) };
}

function pinsOf(resources: Resources): readonly (readonly [string, FunctionPin])[] {
  const all = Object.values(resources);
  const live = new Map(
    all.flatMap(({ Type, Properties = {} }) => {
      const { FunctionVersion: version, Name, FunctionName } = Properties;
      if (Type !== 'AWS::Lambda::Alias' || Name !== liveAlias || typeof version !== 'string')
        return [];
      const name = functionNameOf(FunctionName, resources);
      return name === undefined ? [] : [[name, version] as const];
    }),
  );
  return all.filter(isFunction).flatMap(({ Properties = {} }) => {
    const name = Properties['FunctionName'];
    if (typeof name !== 'string') return [];
    return [[name, { live: live.get(name), model: modelOf(Properties) }] as const];
  });
}

function reservedBy(resources: Resources): readonly (readonly [string, number])[] {
  return Object.entries(resources)
    .filter(([, each]) => isFunction(each))
    .flatMap(([id, { Properties }]) => {
      const { ReservedConcurrentExecutions: reserved, FunctionName: name = id } = Properties ?? {};
      return typeof reserved === 'number' ? [[String(name), reserved] as const] : [];
    });
}

interface ManifestArtifact {
  readonly environment?: string;
  readonly properties?: {
    readonly requiresBootstrapStackVersion?: number;
    readonly bootstrapStackVersionSsmParameter?: string;
  };
}

interface AssetFile {
  readonly dockerImages?: Readonly<
    Record<
      string,
      {
        readonly source: {
          readonly directory?: string;
          readonly dockerBuildArgs?: Readonly<Record<string, string>>;
        };
      }
    >
  >;
}

const known = (text: string | undefined) =>
  text === undefined || text.startsWith('unknown-') ? undefined : text;

/**
 * Reads what a synthesised stage would deploy.
 *
 * @param assembly the folder that the CDK wrote
 * @throws {InfraError} if it has no such stage
 */
export function readAssembly(assembly: string, stage: string): AssemblyFacts {
  const folder = join(assembly, `assembly-${stage}`);
  if (!existsSync(folder))
    throw new InfraError(
      `${assembly} has no stage ${stage}: it holds ${stagesIn(assembly).join(', ') || 'none'}`,
    );
  const files = readdirSync(folder);
  const templates = files
    .filter((file) => file.endsWith('.template.json'))
    .map((file) => (parse(folder, file) as { readonly Resources?: Resources }).Resources ?? {});
  const { artifacts = {} } = parse(folder, 'manifest.json') as {
    readonly artifacts?: Readonly<Record<string, ManifestArtifact>>;
  };
  const stacks = Object.values(artifacts);
  const [, account, region] =
    /^aws:\/\/([^/]+)\/(.+)$/.exec(
      stacks.find(({ environment }) => environment !== undefined)?.environment ?? '',
    ) ?? [];
  const needs = stacks.flatMap(({ properties }) => {
    const { requiresBootstrapStackVersion: version, bootstrapStackVersionSsmParameter: parameter } =
      properties ?? {};
    return version === undefined || parameter === undefined ? [] : [[parameter, version] as const];
  });
  const images = files
    .filter((file) => file.endsWith('.assets.json'))
    .flatMap((file) => Object.values((parse(folder, file) as AssetFile).dockerImages ?? {}))
    .map(({ source }) => ({
      folder: join(folder, source.directory ?? ''),
      arguments: source.dockerBuildArgs ?? {},
    }));
  return {
    pins: Object.fromEntries(templates.flatMap(pinsOf)),
    reserved: Object.fromEntries(templates.flatMap(reservedBy)),
    account: known(account),
    region: known(region),
    bootstrap: Object.fromEntries(needs.toSorted(([, a], [, b]) => a - b)),
    images,
  };
}

/** The stages that an assembly holds. */
function stagesIn(assembly: string): readonly string[] {
  if (!existsSync(assembly)) return [];
  return readdirSync(assembly).flatMap((file) => /^assembly-(.+)$/.exec(file)?.[1] ?? []);
}

/** The pin of a function in an assembly, by its name in the blueprint. */
export function pinOf({ pins }: AssemblyFacts, name: string, stage: string): FunctionPin {
  return pins[physicalName(name, stage)] ?? {};
}
