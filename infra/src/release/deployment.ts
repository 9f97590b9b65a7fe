import { join } from 'node:path';
import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { firstVersion } from '@chorus/registry';
import { InvocationError } from '../errors.ts';
import { pagesFolder } from '../pages/page-files.ts';
import { hasPublicPages, pageOriginName } from '../pages/public-routes.ts';
import { checkStillLive, versionsOfAssembly } from './assembly-versions.ts';
import { type Versioned, versionToDeploy } from './first-version.ts';
import { type Versions, variablesOf } from './live-versions.ts';

/** The tools that a deployment acts through: AWS at work, doubles in tests. */
export interface DeploymentTools {
  /** Runs the CDK's command line with more environment variables, and fails when it does. */
  cdk(parameters: readonly string[], variables: Readonly<Record<string, string>>): Promise<void>;
  /** Returns an output of a stack that was deployed just now. @throws {InfraError} if it has none of this name */
  output(stack: 'foundation' | 'serving', name: string): string;
  registry(bucket: string): Versioned;
  /** Which versions answer now. @throws {LiveVersionError} while one is being promoted */
  liveVersions(): Promise<Versions>;
  /** Asks the live version of a function, by its name in the blueprint. @throws {InvocationError} if it fails */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Brings the pages' files from a folder to their bucket. */
  uploadPages(bucket: string, folder: string): Promise<void>;
  /** Lets so many milliseconds pass. */
  pause(ms: number): Promise<void>;
  /** Does something while no promotion can begin. */
  whileLocked<Result>(bucket: string, work: () => Promise<Result>): Promise<Result>;
}

export interface Deployment {
  readonly tools: DeploymentTools;
  readonly blueprint: Blueprint;
  /** The repository's root, absolute. */
  readonly root: string;
  readonly stage: string;
  /** Versions that `<MODEL>_MODEL_VERSION` asks for; they win over what is live. */
  readonly asked: Versions;
  /** More for the CDK's command line: `--require-approval never`. */
  readonly parameters: readonly string[];
}

/** Returns the CDK's arguments for templates from source. */
const fromSource = (stage: string) => ['-c', `stages=${stage}`];
const fromAssembly = (assembly: string) => ['--app', assembly];

/** Foundation holds no function: it is deployed before anything is bundled. */
const withoutBundles = ['-c', 'bundles=optional'];

function deployStack(
  { tools, stage, parameters }: Deployment,
  stack: 'Foundation' | 'Serving',
  source: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  return tools.cdk(
    ['deploy', `${stage}/${stack}`, '--exclusively', ...source, ...parameters],
    variables,
  );
}

function modelsOf({ blueprint }: Deployment): readonly FunctionSpec[] {
  return blueprint.functions.filter(({ kind }) => kind === 'model');
}

/**
 * Returns the version of every model: what is asked for, else what is live, else the newest, else one trained now.
 */
async function settleVersions(deployment: Deployment, bucket: string): Promise<Versions> {
  const { tools, root, asked } = deployment;
  const live = await tools.liveVersions();
  const registry = tools.registry(bucket);
  const settled: [string, Versions[string]][] = [];
  // One after another: training takes all there is of the processor.
  for (const spec of modelsOf(deployment)) {
    const { name } = spec;
    const known = asked[name] === undefined ? live[name] : undefined;
    settled.push([
      name,
      known ?? (await versionToDeploy(registry, spec, root, asked[name]?.version)),
    ]);
  }
  return Object.fromEntries(settled);
}

/** How often the feature store is asked to migrate, and how long it is given in between: a database that slept takes
 * some 15 s to wake, longer than its function waits. */
const migration = { attempts: 6, pauseMs: 10_000 };

/**
 * Brings the feature store's database up to date, by the function that was just deployed: no one else reaches it.
 *
 * @throws {InvocationError} if it cannot be done; to migrate again changes nothing
 */
async function migrate({ tools, blueprint }: Deployment): Promise<void> {
  const { functions, featureStore } = blueprint;
  const migrates = functions.find(({ source }) => source === featureStore?.source);
  if (migrates === undefined) return;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await tools.invoke(migrates.name, { chorus: 'migrate' });
      return;
    } catch (error) {
      const isHopeless = error instanceof InvocationError && error.errorType === 'MigrationError';
      if (isHopeless || attempt === migration.attempts) throw error;
      await tools.pause(migration.pauseMs);
    }
  }
}

/**
 * Brings the public pages' files to where Serving has their bucket, and tells Foundation the pages' origin, unless it knows:
 * CloudFront names it when it is made, after Foundation; from then on CloudFormation keeps it.
 */
async function publishPages(
  deployment: Deployment,
  assembly: string,
  source: readonly string[],
): Promise<void> {
  const { tools, blueprint } = deployment;
  if (!hasPublicPages(blueprint)) return;
  await tools.uploadPages(
    tools.output('serving', 'PageBucket'),
    pagesFolder(assembly, deployment.stage),
  );
  const origin = tools.output('serving', 'PageUrl');
  if (tools.output('foundation', 'UploadOrigin') === origin) return;
  const parameter = ['--parameters', `${pageOriginName}=${origin}`];
  await deployStack(deployment, 'Foundation', [...source, ...parameter]);
}

/**
 * Deploys a stage whole: Foundation, then Serving with what is live now, then the feature store's migrations and the public
 * pages. No promotion can begin before Serving is done.
 *
 * @throws {LockedError} while a model is being promoted
 */
export async function deploy(deployment: Deployment): Promise<void> {
  const { tools, root, stage } = deployment;
  const foundation = [...fromSource(stage), ...withoutBundles];
  await deployStack(deployment, 'Foundation', foundation);
  const bucket = tools.output('foundation', 'ModelBucket');
  await tools.whileLocked(bucket, async () => {
    const versions = await settleVersions(deployment, bucket);
    await deployStack(deployment, 'Serving', fromSource(stage), variablesOf(versions, stage));
    await migrate(deployment);
  });
  // Where the CDK's command line writes what it synthesises, see cdk.json.
  await publishPages(deployment, join(root, 'infra/cdk.out'), foundation);
}

/**
 * The versions to synthesise an assembly with that is released later: what is asked for, else what is live, else `v1`,
 * which `release` brings about. Nothing is changed.
 *
 * @returns the variables that the synthesis reads
 */
export async function pinVersions(deployment: Deployment): Promise<Record<string, string>> {
  const { tools, stage, asked } = deployment;
  const first = modelsOf(deployment).map(({ name }) => [name, { version: firstVersion }] as const);
  const versions = { ...Object.fromEntries(first), ...(await tools.liveVersions()), ...asked };
  return variablesOf(versions, stage);
}

/**
 * Deploys a stage from an assembly that was made before. A model without any version gets its first one.
 *
 * @throws {LiveVersionError} if a model was promoted since: the assembly would revert that
 * @throws {LockedError} while a model is being promoted
 */
export async function release(deployment: Deployment, assembly: string): Promise<void> {
  const { tools, stage, root } = deployment;
  await deployStack(deployment, 'Foundation', fromAssembly(assembly));
  const bucket = tools.output('foundation', 'ModelBucket');
  const registry = tools.registry(bucket);
  await tools.whileLocked(bucket, async () => {
    const assembled = versionsOfAssembly(assembly, stage);
    checkStillLive(assembled, await tools.liveVersions());
    for (const spec of modelsOf(deployment)) {
      const isFirst = assembled[spec.name]?.version === firstVersion;
      await versionToDeploy(
        registry,
        spec,
        root,
        isFirst ? undefined : assembled[spec.name]?.version,
      );
    }
    await deployStack(deployment, 'Serving', fromAssembly(assembly));
    await migrate(deployment);
  });
  await publishPages(deployment, assembly, fromAssembly(assembly));
}
