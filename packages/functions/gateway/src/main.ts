import { type Blueprint, gatewayName, isExpress, narrow } from '@chorus/blueprint';
import { describeApi } from '@chorus/openapi';
import { answeredOnce } from '@chorus/runtime/answered-once';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { blueprint } from '@chorus/service';
import { type GatewaySettings, readSettings } from './env.ts';
import { createGateway } from './gateway.ts';

/** Returns the part of the service that is deployed: a deployment may have some of its workflows only. */
function deployed({ workflowArns }: GatewaySettings): Blueprint {
  const { links = [] } = blueprint.functions.find(({ name }) => name === gatewayName) ?? {};
  if (!links.some(({ kind }) => kind === 'workflows')) return blueprint;
  // Standard workflows are none of its: what it is not told of may be there.
  const workflows = blueprint.workflows.filter(
    (each) => !isExpress(each) || Object.hasOwn(workflowArns, each.name),
  );
  return narrow(blueprint, { workflows: workflows.map(({ name }) => name) });
}

await runBootstrap(() => {
  const settings = readSettings();
  return answeredOnce(createGateway(settings, blueprint, () => describeApi(deployed(settings))));
});
