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

export function queueArn(queueName: string): string {
  return `arn:aws:sqs:${region}:${accountId}:${queueName}`;
}

/** Returns a queue's URL, which begins with the address of the service that the caller knows. */
export function queueUrl(origin: string, queueName: string): string {
  return `${origin}/${accountId}/${queueName}`;
}

export function topicArn(topicName: string): string {
  return `arn:aws:sns:${region}:${accountId}:${topicName}`;
}

export function eventBusArn(busName: string): string {
  return `arn:aws:events:${region}:${accountId}:event-bus/${busName}`;
}
