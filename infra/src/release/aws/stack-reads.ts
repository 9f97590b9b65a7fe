import {
  type CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateDescribeStackEvents,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import type { StackResource, StackState, TemplateTree } from '../aws-tools.ts';

const nested = 'AWS::CloudFormation::Stack';

/** Returns a stack as CloudFormation describes it, in the words of the tools. */
export function stateOf(stack: Stack): StackState {
  const { StackName = '', StackStatus = '', Outputs = [], Tags = [] } = stack;
  return {
    name: StackName,
    status: StackStatus,
    outputs: Object.fromEntries(
      Outputs.map(({ OutputKey, OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    isProtected: stack.EnableTerminationProtection === true,
    tags: Object.fromEntries(Tags.map(({ Key, Value = '' }) => [Key, Value])),
  };
}

/** Describes a stack by its name or id; undefined when there is none. */
export async function describeStack(
  client: CloudFormationClient,
  name: string,
): Promise<Stack | undefined> {
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks[0];
  } catch (error) {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

/** Reads the template of a stack as it was given. */
export async function readTemplate(client: CloudFormationClient, name: string): Promise<string> {
  const command = new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' });
  return (await client.send(command)).TemplateBody ?? '';
}

/** Reads the resources of a stack and of those nested in it, the nested stacks themselves included. */
export async function readResources(
  client: CloudFormationClient,
  name: string,
): Promise<readonly StackResource[]> {
  const found: StackResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: name },
  ))
    for (const {
      ResourceType: type = '',
      PhysicalResourceId: id,
      ResourceStatus,
    } of StackResourceSummaries) {
      if (id === undefined || ResourceStatus === 'DELETE_COMPLETE') continue;
      found.push({ type, id });
      if (type === nested) found.push(...(await readResources(client, id)));
    }
  return found;
}

/** Reads the templates of a stack and of those nested in it. */
export async function readTemplates(
  client: CloudFormationClient,
  name: string,
): Promise<TemplateTree> {
  const template = await readTemplate(client, name);
  const inside: Record<string, TemplateTree> = {};
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: name },
  ))
    for (const {
      ResourceType,
      LogicalResourceId: id,
      PhysicalResourceId,
    } of StackResourceSummaries)
      if (ResourceType === nested && id !== undefined && PhysicalResourceId !== undefined)
        inside[id] = await readTemplates(client, PhysicalResourceId);
  return { template, nested: inside };
}

/** Statuses of a stack with which an operation begins. */
const beginnings = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'];

/** What CloudFormation says of resources that only stopped because another one failed. */
const followsFrom = /cancelled|Resource creation cancelled/i;

/**
 * Returns why the last operation of a stack failed: what the first resource said that did, in a nested stack where it was
 * there; undefined when none failed.
 */
export async function readReason(
  client: CloudFormationClient,
  name: string,
): Promise<string | undefined> {
  let first: { readonly text: string; readonly stack: string | undefined } | undefined;
  const pages = paginateDescribeStackEvents({ client }, { StackName: name });
  // The newest come first.
  scan: for await (const { StackEvents = [] } of pages)
    for (const event of StackEvents) {
      const { ResourceStatus = '', ResourceStatusReason: reason = '' } = event;
      const isOwn = event.StackId !== undefined && event.PhysicalResourceId === event.StackId;
      if (isOwn && beginnings.includes(ResourceStatus)) break scan;
      if (isOwn || !ResourceStatus.endsWith('_FAILED') || followsFrom.test(reason)) continue;
      const isNested = event.ResourceType === nested;
      first = {
        text: `${event.LogicalResourceId}: ${reason}`,
        stack: isNested && event.PhysicalResourceId !== '' ? event.PhysicalResourceId : undefined,
      };
    }
  if (first === undefined) return undefined;
  const inside = first.stack === undefined ? undefined : await readReason(client, first.stack);
  return inside ?? first.text;
}
