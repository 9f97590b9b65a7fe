import { accountId, region } from '@chorus/emulator-aws';

const arn = (kind: string, name: string): string =>
  `arn:aws:batch:${region}:${accountId}:${kind}/${name}`;

export const jobArn = (id: string): string => arn('job', id);

export const jobQueueArn = (name: string): string => arn('job-queue', name);

/** Returns the ARN of a definition's only revision. */
export const jobDefinitionArn = (name: string): string => arn('job-definition', `${name}:1`);
