/** What the front serves: models, which are Lambda functions, and workflows, which are state machines. */

import type { WorkflowSpec } from '@chorus/blueprint';
import { type ModelSchema, NotFoundError } from '@chorus/protocol';
import type { FrontSettings } from './env.ts';
import { ConfigurationError } from './errors.ts';

export interface ServedModel {
  readonly kind: 'model';
  readonly name: string;
  /** Name, ARN or alias of its function. */
  readonly functionName: string;
}

export interface ServedWorkflow {
  readonly kind: 'workflow';
  readonly name: string;
  readonly stateMachineArn: string;
  readonly schema: ModelSchema;
  /** Models of this front that it asks, and how many of them must be ready for it to be. */
  readonly models: readonly ServedModel[];
  readonly quorum: number;
}

/** What the front has to know of a workflow. */
export type WorkflowDescription = Pick<WorkflowSpec, 'name' | 'schema' | 'functions' | 'quorum'>;

/** By name; workflows first. */
export type Served = ReadonlyMap<string, ServedModel | ServedWorkflow>;

/** A workflow has the one version that is deployed. */
export const workflowVersion = '1';

/**
 * Brings together what the environment names and what the blueprint describes.
 *
 * @throws ConfigurationError when they disagree.
 */
export function servedOf(
  { modelFunctions, workflowArns }: FrontSettings,
  workflows: readonly WorkflowDescription[],
): Served {
  const models = Object.entries(modelFunctions).map(
    ([name, functionName]): ServedModel => ({ kind: 'model', name, functionName }),
  );
  const served = Object.entries(workflowArns).map(([name, stateMachineArn]): ServedWorkflow => {
    const workflow = workflows.find((each) => each.name === name);
    if (workflow === undefined) {
      throw new ConfigurationError(
        `WORKFLOW_ARNS names the workflow ${name}, which the blueprint does not describe`,
      );
    }
    if (Object.hasOwn(modelFunctions, name)) {
      throw new ConfigurationError(`${name} is both in MODEL_FUNCTIONS and in WORKFLOW_ARNS`);
    }
    const asked = models.filter((model) => workflow.functions.includes(model.name));
    const { schema, quorum } = workflow;
    return { kind: 'workflow', name, stateMachineArn, schema, models: asked, quorum };
  });
  return new Map([...served, ...models].map((each) => [each.name, each]));
}

/** @throws NotFoundError naming what there is. */
export function findServed(served: Served, name: string): ServedModel | ServedWorkflow {
  const found = served.get(name);
  if (found === undefined) {
    throw new NotFoundError(
      `no model ${JSON.stringify(name)}; this server has ${[...served.keys()].join(', ')}`,
    );
  }
  return found;
}

/** @throws NotFoundError naming the live version, unless it is the one asked for or none was. */
export function checkVersion(name: string, asked: string | undefined, live: string): void {
  if (asked !== undefined && asked !== live) {
    throw new NotFoundError(
      `model ${JSON.stringify(name)} has no live version ${JSON.stringify(asked)}; live is ${JSON.stringify(live)}`,
    );
  }
}
