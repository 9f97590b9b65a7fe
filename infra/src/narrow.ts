import {
  type Blueprint,
  type FunctionSpec,
  narrow as part,
  type StageSpec,
  withoutFanOut,
} from '@chorus/blueprint';
import { architectureOf } from './architecture.ts';
import { functionsOfAccess } from './authorizer.ts';
import { OptionError } from './errors.ts';

/** Returns a function with the sizes and the processor that the stage gives it. */
function sized(spec: FunctionSpec, stage: StageSpec): FunctionSpec {
  const { functions = {} } = stage;
  return { ...spec, ...functions[spec.name], architecture: architectureOf(spec, stage) };
}

/**
 * Returns the part of a service that a stage deploys, see `narrow` of `@chorus/blueprint`, with the sizes that the stage gives
 * to functions, and with the function that judges its callers, if it has one. All that is made of a stage is made of this part.
 *
 * @throws {BlueprintError} if the service has no such workflow
 * @throws {OptionError} if the stage gives sizes to a function that the service has not
 */
export function narrow(blueprint: Blueprint, stage: StageSpec): Blueprint {
  const own = functionsOfAccess(stage);
  const names = [...blueprint.functions, ...own].map(({ name }) => name);
  const unknown = Object.keys(stage.functions ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(
      `functions.${unknown}: the service has no such function: ${names.join(', ')}`,
    );
  const { workflows, functions, ...others } = part(
    stage.fanOut === true ? blueprint : withoutFanOut(blueprint),
    {
      ...stage,
      // A function that the stage names is one that it wants.
      functions: Object.keys(stage.functions ?? {}),
    },
  );
  const sizedOnes = [...functions, ...own].map((spec) => sized(spec, stage));
  return {
    ...others,
    functions: sizedOnes,
    workflows: workflows.map((workflow) => ({
      ...workflow,
      functions: workflow.functions.map(
        (each) => sizedOnes.find(({ name }) => name === each.name) ?? each,
      ),
    })),
  };
}
