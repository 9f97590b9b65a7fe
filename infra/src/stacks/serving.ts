import { physicalName } from '@chorus/blueprint';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageOptions } from '../options.ts';
import { hasPublicPages } from '../pages/public-routes.ts';
import { addApi } from './api.ts';
import { addModels } from './models.ts';
import { addMonitoring } from './monitoring.ts';
import { addPages } from './pages.ts';
import type { Service } from './service.ts';
import { addWorkflows } from './workflows.ts';

/** Adds the stack of everything that answers requests, in the order in which one part needs another. */
export function addServing(scope: Construct, service: Service, options: StageOptions): Stack {
  const stack = new Stack(scope, 'Serving', {
    stackName: physicalName('serving', options.name),
    description: 'Chorus: models, workflows and the API in front of them',
  });
  const { functions } = addModels(stack, service, options);
  const { workflows } = addWorkflows(stack, service, functions, options);
  const publicApi = addApi(stack, service, { functions, workflows }, options);
  const { api } = publicApi;
  const { featureStore } = service.blueprint;
  addMonitoring(stack, { api, functions, workflows, featureStore }, options);
  new CfnOutput(stack, 'ApiUrl', { description: 'For CHORUS_API_URL', value: api.url });
  if (hasPublicPages(service.blueprint)) {
    const { origin, bucket } = addPages(stack, service, publicApi, options);
    new CfnOutput(stack, 'PageUrl', { description: 'The public pages', value: origin });
    new CfnOutput(stack, 'PageBucket', { description: "The pages' files", value: bucket });
  }
  new CfnOutput(stack, 'Commit', {
    description: 'What is deployed, and what a rollback goes back to',
    value: options.commit ?? 'unknown',
  });
  return stack;
}
