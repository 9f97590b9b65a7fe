import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  CancelUpdateStackCommand,
  type CloudFormationClient,
  DeleteStackCommand,
  paginateDescribeStacks,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Variables } from '../../env.ts';
import { InfraError } from '../../errors.ts';
import type { StackBefore, StackState, StackTools } from '../aws-tools.ts';
import { runCdk } from './cdk.ts';
import {
  describeStack,
  readReason,
  readResources,
  readTemplate,
  readTemplates,
  stateOf,
} from './stack-reads.ts';

export interface StackClients {
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
}

export interface StackOptions {
  readonly region: string;
  /** Environment of the CDK's command line. */
  readonly variables: Variables;
  /** More for it: `--require-approval never`. */
  readonly parameters: readonly string[];
  /** How often a stack is looked at, in milliseconds. */
  readonly pollMs: number;
}

/** The longest template that a request may hold, in bytes; CloudFormation fetches a longer one from S3. */
const longestBody = 51_200;

const isUnderWay = (status: string) =>
  status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

/** Waits until nothing changes a stack. @returns how it ended; undefined when it is gone */
async function untilSettled(
  client: CloudFormationClient,
  name: string,
  pollMs: number,
): Promise<StackState | undefined> {
  for (;;) {
    const stack = await describeStack(client, name);
    if (stack === undefined) return undefined;
    const state = stateOf(stack);
    if (!isUnderWay(state.status)) return state;
    await setTimeout(pollMs);
  }
}

/** Returns a template as an update takes it: itself, or where it was put. */
async function givenTemplate(
  { s3 }: StackClients,
  { region }: StackOptions,
  template: string,
  bucket: string,
): Promise<{ readonly TemplateBody: string } | { readonly TemplateURL: string }> {
  if (Buffer.byteLength(template) <= longestBody) return { TemplateBody: template };
  const key = `releases/${createHash('sha256').update(template).digest('hex')}.template.json`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: template }));
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return { TemplateURL: `https://${bucket}.s3.${region}.${suffix}/${key}` };
}

/** CloudFormation, and the CDK's command line for what has assets. */
export function stackTools(clients: StackClients, options: StackOptions): StackTools {
  const { cloudFormation: client } = clients;
  const { pollMs, variables } = options;

  async function restore(name: string, before: StackBefore, bucket: string): Promise<void> {
    const template = await givenTemplate(clients, options, before.template, bucket);
    try {
      await client.send(
        new UpdateStackCommand({
          StackName: name,
          ...template,
          Parameters: before.parameters.map((ParameterKey) => ({
            ParameterKey,
            UsePreviousValue: true,
          })),
          Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
        }),
      );
    } catch (error) {
      if (error instanceof Error && /No updates are to be performed/.test(error.message)) return;
      throw error;
    }
    const after = await untilSettled(client, name, pollMs);
    if (after?.status !== 'UPDATE_COMPLETE')
      throw new InfraError(
        `the stack ${name} could not be taken back, it is ${after?.status}: ${await readReason(client, name)}`,
      );
  }

  async function remove(name: string): Promise<void> {
    const stack = await describeStack(client, name);
    // By its id, since a name tells nothing of what was deleted.
    const id = stack?.StackId;
    if (id === undefined) return;
    await client.send(new DeleteStackCommand({ StackName: id }));
    const after = await untilSettled(client, id, pollMs);
    if (after !== undefined && after.status !== 'DELETE_COMPLETE')
      throw new InfraError(
        `the stack ${name} could not be deleted, it is ${after.status}: ${await readReason(client, id)}`,
      );
  }

  return {
    async read(name) {
      const stack = await describeStack(client, name);
      return stack && stateOf(stack);
    },
    templates: (name) => readTemplates(client, name),
    async before(name) {
      const [template, stack] = await Promise.all([
        readTemplate(client, name),
        describeStack(client, name),
      ]);
      const parameters = stack?.Parameters ?? [];
      return {
        template,
        parameters: parameters.flatMap(({ ParameterKey: key }) => (key === undefined ? [] : [key])),
      };
    },
    reason: (name) => readReason(client, name),
    deploy({ assembly, path, parameters = {}, signal }) {
      const more = Object.entries(parameters).flatMap(([name, value]) => [
        '--parameters',
        `${name}=${value}`,
      ]);
      const command = ['deploy', path, '--exclusively', '--app', assembly];
      return runCdk([...command, ...more, ...options.parameters], variables, signal);
    },
    restore,
    async settle(name) {
      const stack = await describeStack(client, name);
      if (stack?.StackStatus === 'UPDATE_IN_PROGRESS')
        await client.send(new CancelUpdateStackCommand({ StackName: name })).catch((error) => {
          // It was done in this very moment.
          if (!/cannot be called from current stack status/i.test(String(error))) throw error;
        });
      return (await untilSettled(client, name, pollMs))?.status;
    },
    async protect(name, isProtected) {
      await client.send(
        new UpdateTerminationProtectionCommand({
          StackName: name,
          EnableTerminationProtection: isProtected,
        }),
      );
    },
    resources: (name) => readResources(client, name),
    remove,
    async list(prefix) {
      const found: StackState[] = [];
      // Those that are nested go with theirs.
      for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
        for (const stack of Stacks)
          if (stack.StackName?.startsWith(prefix) && stack.ParentId === undefined)
            found.push(stateOf(stack));
      return found;
    },
  };
}
