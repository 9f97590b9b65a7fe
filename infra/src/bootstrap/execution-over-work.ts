import { arn, namedArns, type Place } from './arns.ts';
import type { OwnNames } from './stage-names.ts';
import type { Statement } from './statement.ts';

/** CloudFormation's rights over what gives messages of queues to functions. */
export function executionOverConsumers(place: Place, own: OwnNames): readonly Statement[] {
  return [
    // Lambda names mappings of queues by itself; whose they are tells the function that gets the messages.
    {
      Sid: 'Consumers',
      Effect: 'Allow',
      Action: [
        'lambda:CreateEventSourceMapping',
        'lambda:DeleteEventSourceMapping',
        'lambda:UpdateEventSourceMapping',
      ],
      Resource: '*',
      Condition: { ArnLike: { 'lambda:FunctionArn': namedArns(place, own.prefix).lambda } },
    },
    {
      Sid: 'TagsOfConsumers',
      Effect: 'Allow',
      Action: ['lambda:ListTags', 'lambda:TagResource', 'lambda:UntagResource'],
      Resource: arn(place, 'lambda', 'event-source-mapping:*'),
    },
  ];
}

/** CloudFormation's rights over queues and definitions of jobs. It runs none. */
export function executionOverJobs(place: Place, own: OwnNames): readonly Statement[] {
  return [
    {
      Sid: 'Jobs',
      Effect: 'Allow',
      Action: [
        'batch:Create*',
        'batch:Delete*',
        'batch:Deregister*',
        'batch:Register*',
        'batch:TagResource',
        'batch:UntagResource',
        'batch:Update*',
      ],
      Resource: namedArns(place, own.prefix).batch,
    },
    { Sid: 'ReadJobs', Effect: 'Allow', Action: 'batch:Describe*', Resource: '*' },
  ];
}
