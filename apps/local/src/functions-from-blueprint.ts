import { type Blueprint, type FunctionSpec, liveAlias, physicalName } from '@chorus/blueprint';
import { stateMachineArn } from './account.ts';
import type { FunctionHost } from './hosts/host.ts';
import type { LocalFunction } from './lambda/service.ts';

/** The environment variables of a function's configuration, as `infra` sets them on AWS too. */
function environmentOf(spec: FunctionSpec, blueprint: Blueprint): Record<string, string> {
  if (spec.kind === 'model') return { MODEL_BUCKET: physicalName('models') };
  const models = blueprint.functions.filter(({ kind }) => kind === 'model');
  const named = <Of extends { readonly name: string }>(
    all: readonly Of[],
    to: (name: string) => string,
  ) => JSON.stringify(Object.fromEntries(all.map(({ name }) => [name, to(physicalName(name))])));
  return {
    MODEL_FUNCTIONS: named(models, (name) => `${name}:${liveAlias}`),
    WORKFLOW_ARNS: named(blueprint.workflows, stateMachineArn),
  };
}

/** The blueprint's functions, run where the host runs them. */
export function localFunctions(blueprint: Blueprint, host: FunctionHost): readonly LocalFunction[] {
  return blueprint.functions.map((spec) => ({
    name: physicalName(spec.name),
    program: (start) => host.program(spec, start),
    memoryMb: spec.memoryMb,
    timeoutSeconds: spec.timeoutSeconds,
    concurrency: spec.concurrency,
    environment: environmentOf(spec, blueprint),
  }));
}
