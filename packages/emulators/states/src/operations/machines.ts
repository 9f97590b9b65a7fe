import { page } from '../pages.ts';
import type { ServedMachine } from '../served-machine.ts';
import { roleArn } from '../standard/history-events.ts';
import { type Call, machineOf, seconds } from './call.ts';

const summary = ({ arn, name, type, created }: ServedMachine): Record<string, unknown> => ({
  stateMachineArn: arn,
  name,
  type,
  creationDate: seconds(created.getTime()),
});

/** Returns what a machine is set to; all are set alike. */
export const settings: Readonly<Record<string, unknown>> = {
  roleArn,
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
};

export function describeStateMachine(call: Call): unknown {
  const machine = machineOf(call);
  return {
    ...summary(machine),
    status: 'ACTIVE',
    definition: call.parameters.includedData === 'METADATA_ONLY' ? '{}' : machine.definition,
    ...settings,
  };
}

export function listStateMachines({ states, parameters }: Call): unknown {
  const { entries, ...more } = page(states.list(), parameters.maxResults, parameters.nextToken);
  return { stateMachines: entries.map(summary), ...more };
}
