import type { Blueprint, FunctionSpec } from '@chorus/blueprint';
import { functionsOfAccess } from './authorizer.ts';
import { OptionError } from './errors.ts';
import type { StageSpec } from './stage-spec.ts';

/** Returns a function with the sizes and the processor that the stage gives it. */
function sized(spec: FunctionSpec, { functions = {}, architecture }: StageSpec): FunctionSpec {
  return {
    ...spec,
    ...(architecture !== undefined && { architecture }),
    ...functions[spec.name],
  };
}

/**
 * Returns the part of a blueprint that a stage deploys, with the sizes that it gives to functions.
 *
 * @throws {OptionError} if the stage names what the blueprint has not
 */
export function narrow(blueprint: Blueprint, spec: StageSpec): Blueprint {
  const functions = [...blueprint.functions, ...functionsOfAccess(spec)];
  const names = functions.map(({ name }) => name);
  const unknown = Object.keys(spec.functions ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionError(
      `functions.${unknown}: the service has no such function: ${names.join(', ')}`,
    );
  return { ...blueprint, functions: functions.map((each) => sized(each, spec)) };
}
