import { type Blueprint, gatewayName, narrow } from '@chorus/blueprint';
import { describeApi } from '@chorus/openapi';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { blueprint } from '@chorus/service';
import { type GatewaySettings, readSettings } from './env.ts';
import { createGateway } from './gateway.ts';

/** Returns the part of the service that is deployed: a deployment may have some of its workflows only. */
function deployed({ workflowArns }: GatewaySettings): Blueprint {
  const { links = [] } = blueprint.functions.find(({ name }) => name === gatewayName) ?? {};
  const knows = links.some(({ kind }) => kind === 'workflows');
  return knows ? narrow(blueprint, { workflows: Object.keys(workflowArns) }) : blueprint;
}

await runBootstrap(() => {
  const settings = readSettings();
  return createGateway(settings, blueprint, () => describeApi(deployed(settings)));
});
