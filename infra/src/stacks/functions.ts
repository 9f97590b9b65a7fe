import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { nextAlias } from '../names.ts';
import type { StageOptions } from '../options.ts';
import { addJobs, hasJobs } from './jobs.ts';
import { addModels } from './models.ts';
import type { Service } from './service.ts';
import { stageStack } from './stage-stack.ts';
import { addWorkflows } from './workflows.ts';

/**
 * Adds the stack of the functions, and of state machines that ask the versions made last. Deploying it changes nothing
 * that answers: the alias `live` stays where it was, and nothing but a release asks `next`.
 */
export function addFunctions(scope: Construct, service: Service, options: StageOptions): Stack {
  const stack = new Stack(scope, 'Functions', {
    ...stageStack('functions', options),
    description: 'Chorus: functions, and what tries them',
  });
  const models = addModels(stack, service, options);
  if (hasJobs(service.blueprint)) addJobs(stack, service, options);
  const candidates = addWorkflows(stack, service, options, nextAlias);
  candidates.stack?.addStackDependency(models);
  return stack;
}
