/** The account and region every local ARN names. */
export const accountId = '000000000000';
export const region = 'us-east-1';

export function functionArn(physicalName: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${physicalName}`;
}

export function stateMachineArn(physicalName: string): string {
  return `arn:aws:states:${region}:${accountId}:stateMachine:${physicalName}`;
}

/** @param execution the execution's name, unique within its state machine */
export function executionArn(stateMachine: string, execution: string, id: string): string {
  return `arn:aws:states:${region}:${accountId}:express:${stateMachine}:${execution}:${id}`;
}
