import {
  type Blueprint,
  checkEvents,
  checkMachines,
  checkMessaging,
  type StageSpec,
} from '@chorus/blueprint';
import { checkAccess } from './check-access.ts';
import { checkDeployedMessages } from './check-deployed-messages.ts';
import { checkFeatureStore } from './check-feature-store.ts';
import { checkFunctions } from './check-functions.ts';
import { checkStageSpec } from './check-stage-spec.ts';
import { narrow } from './narrow.ts';

/**
 * Checks the options of a stage, by themselves, against each other and against the service, and returns the part of the service
 * that it deploys.
 *
 * @throws {OptionError} naming the problems
 * @throws {BlueprintError} if the service has no such workflow, or its links contradict each other
 */
export function partOfStage(name: string, spec: StageSpec, blueprint: Blueprint): Blueprint {
  checkStageSpec(name, spec);
  const part = narrow(blueprint, spec);
  checkAccess(name, spec, { ...part, functions: blueprint.functions });
  checkFunctions(part);
  checkMachines(part);
  checkMessaging(part);
  checkEvents(part);
  checkDeployedMessages(part, name);
  checkFeatureStore(part, spec);
  return part;
}
