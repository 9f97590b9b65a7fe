/** The parts that the gateway serves: models, which are Lambda functions, and workflows, which are state machines. */

import { type FunctionSpec, gatewayName, onnxModel, type WorkflowSpec } from '@chorus/blueprint';
import { type ModelSchema, NotFoundError } from '@chorus/protocol';
import { ConfigurationError } from '@chorus/runtime/errors';
import type { GatewaySettings } from './env.ts';

export interface ServedModel {
  readonly kind: 'model';
  readonly name: string;
  /** The name or ARN of its function, mostly with an alias or a version. */
  readonly functionName: string;
  /** The same without alias and version. */
  readonly unqualifiedName: string;
  readonly size: FunctionSize;
}

/** The properties of a function that its invocations are billed by. */
export type FunctionSize = Pick<FunctionSpec, 'name' | 'memoryMb' | 'architecture'>;

export interface ServedWorkflow {
  readonly kind: 'workflow';
  readonly name: string;
  readonly stateMachineArn: string;
  readonly schema: ModelSchema;
  readonly request: WorkflowSpec['request'];
  readonly answer: WorkflowSpec['answer'];
  /** Models of this gateway that it asks, and how many of them must be ready for it to be. */
  readonly models: readonly ServedModel[];
  readonly quorum: number;
  /** The sizes of all functions that it asks. */
  readonly sizes: readonly FunctionSize[];
  /** How many of its functions write into a table. */
  readonly writers: number;
}

/** The parts of the blueprint that the gateway needs. */
export interface ServiceDescription {
  readonly functions: readonly FunctionSize[];
  readonly workflows: readonly Pick<
    WorkflowSpec,
    'name' | 'schema' | 'functions' | 'quorum' | 'request' | 'answer'
  >[];
}

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
  { modelFunctions, workflowArns }: GatewaySettings,
  { functions, workflows }: ServiceDescription,
): Served {
  const models = Object.entries(modelFunctions).map(([name, functionName]): ServedModel => {
    // A model that was added after this gateway was built has the size of added models.
    const size = functions.find((each) => each.name === name) ?? onnxModel(name);
    return { kind: 'model', name, functionName, unqualifiedName: unqualify(functionName), size };
  });
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
    const names = workflow.functions.map((each) => each.name);
    const asked = models.filter((model) => names.includes(model.name));
    const { schema, quorum, request, answer } = workflow;
    const sizes = functions.filter((each) => names.includes(each.name));
    const writers = workflow.functions.filter(({ links = [] }) =>
      links.some((link) => link.kind === 'table' && link.access !== 'read'),
    ).length;
    return {
      kind: 'workflow',
      name,
      stateMachineArn,
      schema,
      request,
      answer,
      models: asked,
      quorum,
      sizes,
      writers,
    };
  });
  return new Map([...served, ...models].map((each) => [each.name, each]));
}

/** A name, a partial ARN or an ARN; after it, maybe, an alias or a version. */
const functionReference =
  /^(?<unqualified>(?:arn:[\w-]+:lambda:[\w-]+:)?(?:\d{12}:)?(?:function:)?[\w-]+)(?::(?:[\w-]+|\$LATEST))?$/;

/** @throws ConfigurationError when it is no name of a function. */
function unqualify(functionName: string): string {
  const unqualified = functionReference.exec(functionName)?.groups?.['unqualified'];
  if (unqualified === undefined) {
    throw new ConfigurationError(
      `MODEL_FUNCTIONS: ${JSON.stringify(functionName)} is neither the name nor the ARN of a function`,
    );
  }
  return unqualified;
}

/** @throws ConfigurationError when the blueprint has no gateway. */
export function gatewaySize({ functions }: ServiceDescription): FunctionSize {
  const gateway = functions.find(({ name }) => name === gatewayName);
  if (gateway === undefined) {
    throw new ConfigurationError(`the blueprint describes no function ${gatewayName}`);
  }
  return gateway;
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

/** @throws NotFoundError for a workflow, whose plain JSON is its state machine's to read. */
export function checkModel(served: Served, found: ServedModel | ServedWorkflow): ServedModel {
  if (found.kind === 'model') return found;
  const models = [...served.values()].flatMap(({ kind, name }) => (kind === 'model' ? [name] : []));
  throw new NotFoundError(
    `${JSON.stringify(found.name)} is a workflow with a route of its own; the models that are asked here are ${models.join(', ')}`,
  );
}

/** @throws NotFoundError unless a workflow's one version is asked for, or none. */
export function checkWorkflowVersion(name: string, asked: string | undefined): void {
  if (asked !== undefined && asked !== workflowVersion) {
    throw new NotFoundError(
      `workflow ${JSON.stringify(name)} has no version ${JSON.stringify(asked)}; it has the one version ${JSON.stringify(workflowVersion)}`,
    );
  }
}
