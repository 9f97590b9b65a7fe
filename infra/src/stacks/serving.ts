import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { liveAlias } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { hasPublicPages } from '../pages/public-routes.ts';
import { addApi } from './api.ts';
import { addCanary } from './canary.ts';
import { addMonitoring } from './monitoring.ts';
import { addPages } from './pages.ts';
import type { Service } from './service.ts';
import { stageStack } from './stage-stack.ts';
import { addTriggers } from './triggers.ts';
import { addWorkflows } from './workflows.ts';

/**
 * Adds the stack of everything that answers requests, in the order in which one part needs another. It knows the functions
 * by their names alone.
 */
export function addServing(scope: Construct, service: Service, options: StageOptions): Stack {
  const stack = new Stack(scope, 'Serving', {
    ...stageStack('serving', options),
    description: 'Chorus: workflows and the API in front of them',
  });
  const { blueprint } = service;
  const { functions, featureStore, queues = [] } = blueprint;
  const { stack: behind, workflows, machines } = addWorkflows(stack, service, options, liveAlias);
  const publicApi = addApi(stack, service, { functions, workflows, machines }, options);
  const { api } = publicApi;
  const monitoring = addMonitoring(
    stack,
    { api, functions, workflows, featureStore, queues },
    options,
  );
  addCanary(stack, service, options).addStackDependency(monitoring);
  const triggers = addTriggers(stack, blueprint, options);
  if (behind !== undefined) triggers?.addStackDependency(behind);
  new CfnOutput(stack, 'ApiUrl', { description: 'For CHORUS_API_URL', value: api.url });
  if (hasPublicPages(blueprint)) {
    const { origin, bucket } = addPages(stack, service, publicApi, options);
    new CfnOutput(stack, 'PageUrl', { description: 'The public pages', value: origin });
    new CfnOutput(stack, 'PageBucket', { description: "The pages' files", value: bucket });
  }
  new CfnOutput(stack, 'Commit', {
    description: 'The commit that is deployed',
    value: options.commit ?? 'unknown',
  });
  return stack;
}
