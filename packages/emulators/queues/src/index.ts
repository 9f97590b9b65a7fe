export { createQueues, type QueuesEmulator } from './create-queues.ts';
export { MessagingApiError } from './errors.ts';
export type { MessageAttribute, MessageAttributes } from './message-attributes.ts';
export type { OutgoingMessage, ReceivedMessage, SentMessage } from './messages.ts';
export type { QueuesOptions, QueuesService } from './service.ts';
export type { EnsuredTopic } from './sns/subscriptions.ts';
export { errorAnswer } from './sqs/api.ts';
export type { EnsuredQueue } from './sqs/queue-operations.ts';
