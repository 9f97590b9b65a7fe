import {
  type Blueprint,
  isExpress,
  liveAlias,
  needsOfWorkflow,
  physicalName,
  substitutionKey,
} from '@chorus/blueprint';
import { functionArn } from '@chorus/emulator-aws';
import type { LocalStateMachine } from '@chorus/emulator-states';
import { namesForDefinition } from './functions-from-blueprint.ts';

/**
 * The blueprint's state machines, which call functions as they are live.
 *
 * @param origin where they reach the local cloud: `http://127.0.0.1:8787`
 */
export function localMachines(blueprint: Blueprint, origin: string): readonly LocalStateMachine[] {
  return [...blueprint.workflows, ...(blueprint.machines ?? [])].map((workflow) => ({
    name: physicalName(workflow.name),
    type: isExpress(workflow) ? 'EXPRESS' : 'STANDARD',
    definition: workflow.definition,
    substitutions: {
      ...namesForDefinition(needsOfWorkflow(workflow, blueprint), origin),
      ...Object.fromEntries(
        workflow.functions.map(({ name }) => [
          substitutionKey(name),
          `${functionArn(physicalName(name))}:${liveAlias}`,
        ]),
      ),
    },
  }));
}
