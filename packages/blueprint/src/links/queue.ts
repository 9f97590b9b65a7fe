import { BlueprintError } from '../errors.ts';
import { pascalCase, queueVariable } from '../names.ts';
import type { Named, Needs, Statement } from './needs.ts';

/** A queue that a function sends messages to, or takes them from. */
export interface QueueLink {
  readonly kind: 'queue';
  readonly queue: string;
  readonly access: 'send' | 'receive' | 'send-receive';
}

/**
 * Lets a function send messages to a queue or take them from it, by its name in the blueprint. The function finds the queue's
 * URL in `<NAME>_QUEUE`. A consumer that the queue itself names needs no link.
 */
export function queue(name: string, { access }: Pick<QueueLink, 'access'>): QueueLink {
  return { kind: 'queue', queue: name, access };
}

/** @throws {BlueprintError} if there is no such queue */
export function needsOfQueue({ queue: name, access }: QueueLink, { queues }: Named): Needs {
  const found = queues.find((each) => each.name === name);
  if (found === undefined) throw new BlueprintError(`there is no queue ${name}`);
  const title = pascalCase(name);
  const resources = [{ kind: 'queue', queue: found }] as const;
  const send: Statement = {
    sid: `SendTo${title}`,
    actions: ['sqs:SendMessage'],
    resources,
  };
  const receive: Statement = {
    sid: `ReceiveFrom${title}`,
    actions: [
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
      'sqs:ChangeMessageVisibility',
      'sqs:GetQueueAttributes',
    ],
    resources,
  };
  return {
    variables: { [queueVariable(name)]: { kind: 'queue', queue: found } },
    statements: [...(access === 'receive' ? [] : [send]), ...(access === 'send' ? [] : [receive])],
  };
}
