import type { Architecture, FunctionSpec, StageSpec } from '@chorus/blueprint';

/** The processor of functions that say nothing else: a fifth cheaper than x64, by AWS's price list. */
export const defaultArchitecture: Architecture = 'arm64';

/** Returns the processor of a function in a stage: its own, else the stage's, else arm64. */
export function architectureOf(
  spec: Pick<FunctionSpec, 'architecture'>,
  stage: Pick<StageSpec, 'architecture'> = {},
): Architecture {
  return spec.architecture ?? stage.architecture ?? defaultArchitecture;
}

/**
 * Returns the tasks of Turborepo that bundle all that the stages deploy: pages, and the functions for every processor
 * that one of them runs on. A stage whose processor is its functions' own needs no other.
 */
export function bundleTasks(
  functions: readonly Pick<FunctionSpec, 'architecture'>[],
  stages: readonly Pick<StageSpec, 'architecture'>[],
): readonly string[] {
  const processors = stages.flatMap((stage) =>
    functions.map((spec) => architectureOf(spec, stage)),
  );
  return ['bundle', ...[...new Set(processors)].toSorted().map((each) => `bundle:${each}`)];
}
