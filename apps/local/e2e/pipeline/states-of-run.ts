import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { physicalName, pipelineMachineName } from '@chorus/blueprint';
import { region } from '../../src/index.ts';
import type { TestCloud } from '../test-cloud.ts';

/**
 * Returns the states that the only execution of a pipeline has entered so far, in their order, and how it stands; none before it was
 * started.
 */
export async function statesOfRun(
  { url: endpoint, credentials }: Pick<TestCloud, 'url' | 'credentials'>,
  pipeline: string,
): Promise<{ readonly entered: readonly string[]; readonly status: string }> {
  const sfn = new SFNClient({ endpoint, credentials, region });
  try {
    const name = physicalName(pipelineMachineName(pipeline));
    const stateMachineArn = `arn:aws:states:${region}:000000000000:stateMachine:${name}`;
    const { executions = [] } = await sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    const [execution] = executions;
    if (execution?.executionArn === undefined) return { entered: [], status: 'none' };
    const { events = [] } = await sfn.send(
      new GetExecutionHistoryCommand({ executionArn: execution.executionArn, maxResults: 1000 }),
    );
    return {
      entered: events.flatMap(
        ({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? [],
      ),
      status: execution.status ?? '',
    };
  } finally {
    sfn.destroy();
  }
}
