import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type CodeDeployClient,
  CreateDeploymentCommand,
  type DeploymentInfo,
  GetDeploymentCommand,
  paginateListDeployments,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import type { Shift, TrafficTools } from '../aws-tools.ts';

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '');

/** What CodeDeploy says where the stack with its groups was not deployed yet. */
const unknown = ['ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException'];

/** Statuses of a deployment that has not ended. */
const underWay = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const;

const isUnderWay = ({ status }: DeploymentInfo) => underWay.some((each) => each === status);

/** The description of a move that CodeDeploy takes: an AppSpec file in JSON. */
function appSpec({ functionName, alias, from, to }: Shift): string {
  return JSON.stringify({
    version: 0.0,
    Resources: [
      {
        [functionName]: {
          Type: 'AWS::Lambda::Function',
          Properties: { Name: functionName, Alias: alias, CurrentVersion: from, TargetVersion: to },
        },
      },
    ],
  });
}

/** CodeDeploy. @param pollMs how often one that is being stopped is looked at, in milliseconds */
export function trafficTools(client: CodeDeployClient, pollMs: number): TrafficTools {
  async function read(id: string): Promise<DeploymentInfo> {
    const answer = await client.send(new GetDeploymentCommand({ deploymentId: id }));
    return answer.deploymentInfo ?? {};
  }

  /** Waits for a deployment to end, and for the one by which CodeDeploy takes it back. */
  async function untilEnded(id: string): Promise<void> {
    for (;;) {
      const info = await read(id);
      const back = info.rollbackInfo?.rollbackDeploymentId;
      if (!isUnderWay(info)) return back === undefined ? undefined : untilEnded(back);
      await setTimeout(pollMs);
    }
  }

  return {
    async start(application, shift) {
      const content = appSpec(shift);
      try {
        const { deploymentId } = await client.send(
          new CreateDeploymentCommand({
            applicationName: application,
            deploymentGroupName: shift.functionName,
            description: `${shift.functionName} from version ${shift.from} to ${shift.to}`,
            revision: {
              revisionType: 'AppSpecContent',
              appSpecContent: {
                content,
                sha256: createHash('sha256').update(content).digest('hex'),
              },
            },
          }),
        );
        return deploymentId;
      } catch (error) {
        if (unknown.includes(nameOf(error))) return undefined;
        throw error;
      }
    },
    async state(id) {
      const { status = '', errorInformation } = await read(id);
      const { message, code } = errorInformation ?? {};
      const problem = message ?? code;
      return { status, ...(problem !== undefined && { problem }) };
    },
    async stop(id) {
      try {
        await client.send(
          new StopDeploymentCommand({ deploymentId: id, autoRollbackEnabled: true }),
        );
      } catch (error) {
        if (nameOf(error) !== 'DeploymentAlreadyCompletedException') throw error;
      }
      await untilEnded(id);
    },
    async running(application, functionNames) {
      const found: { readonly id: string; readonly functionName: string }[] = [];
      for (const functionName of functionNames) {
        const pages = paginateListDeployments(
          { client },
          {
            applicationName: application,
            deploymentGroupName: functionName,
            includeOnlyStatuses: [...underWay],
          },
        );
        try {
          for await (const { deployments = [] } of pages)
            found.push(...deployments.map((id) => ({ id, functionName })));
        } catch (error) {
          if (!unknown.includes(nameOf(error))) throw error;
        }
      }
      return found;
    },
  };
}
