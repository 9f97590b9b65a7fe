import { type Fields, fieldsOf } from '@chorus/emulator-aws';
import { invalid, notDone } from '../errors.ts';
import { checkMembers, countOf, required, type TextRange, textOf, timeOf } from '../json-body.ts';
import type { Schedule, ScheduleTarget } from './schedule.ts';

/** The members of CreateSchedule and UpdateSchedule that are honoured, beside the name. */
const scheduleMembers: readonly string[] = [
  ...['GroupName', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'StartDate', 'EndDate'],
  ...['Description', 'State', 'Target', 'FlexibleTimeWindow', 'ClientToken'],
  'ActionAfterCompletion',
];

/** A schedule's name, as AWS has it. */
export const namePattern: TextRange = { least: 1, most: 64, pattern: /^[0-9a-zA-Z-_.]+$/ };

/** Refuses every group but the default one, which alone is here. @throws {AwsApiError} NotImplementedException */
export function checkGroup(operation: string, group: string | undefined): void {
  if (group !== undefined && group !== 'default')
    throw notDone(
      'Scheduler',
      `GroupName ${group.slice(0, 80)} in ${operation}: there is the group default only`,
    );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readTarget(operation: string, value: unknown): ScheduleTarget {
  const fields = fieldsOf('Target', required('target', value));
  checkMembers('Scheduler', `Target of ${operation}`, fields, [
    ...['Arn', 'RoleArn', 'Input', 'RetryPolicy', 'SqsParameters', 'DeadLetterConfig'],
  ]);
  const arn = required('target.arn', textOf('target.arn', fields['Arn'], { least: 1, most: 1600 }));
  const role = textOf('target.roleArn', fields['RoleArn'], { least: 1, most: 1600 });
  const input = textOf('target.input', fields['Input'], { least: 1 });
  if (input !== undefined && !arn.startsWith('arn:aws:sqs:') && !isJson(input))
    throw invalid('Provided Input is not JSON, which this target needs.');
  const policy = fieldsOf('RetryPolicy', fields['RetryPolicy'] ?? {});
  checkMembers('Scheduler', 'RetryPolicy', policy, [
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
  ]);
  const maxAgeSeconds = countOf(
    'target.retryPolicy.maximumEventAgeInSeconds',
    policy['MaximumEventAgeInSeconds'],
    [60, 86_400],
  );
  const retries = countOf(
    'target.retryPolicy.maximumRetryAttempts',
    policy['MaximumRetryAttempts'],
    [0, 185],
  );
  const queue = fieldsOf('SqsParameters', fields['SqsParameters'] ?? {});
  checkMembers('Scheduler', 'SqsParameters', queue, ['MessageGroupId']);
  const group = textOf('target.sqsParameters.messageGroupId', queue['MessageGroupId'], {
    least: 1,
    most: 128,
  });
  const dead = fieldsOf('DeadLetterConfig', fields['DeadLetterConfig'] ?? {});
  checkMembers('Scheduler', 'DeadLetterConfig', dead, ['Arn']);
  const deadLetters = textOf('target.deadLetterConfig.arn', dead['Arn'], { least: 1, most: 1600 });
  return {
    arn,
    ...(deadLetters !== undefined && { deadLetters }),
    roleArn: required('target.roleArn', role),
    ...(input !== undefined && { input }),
    ...(retries !== undefined && { retries }),
    ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    ...(group !== undefined && { group }),
  };
}

function readWindow(value: unknown): number | undefined {
  const fields = fieldsOf('FlexibleTimeWindow', required('flexibleTimeWindow', value));
  checkMembers('Scheduler', 'FlexibleTimeWindow', fields, ['Mode', 'MaximumWindowInMinutes']);
  const mode = required(
    'flexibleTimeWindow.mode',
    textOf('flexibleTimeWindow.mode', fields['Mode'], { values: ['OFF', 'FLEXIBLE'] }),
  );
  const minutes = countOf(
    'flexibleTimeWindow.maximumWindowInMinutes',
    fields['MaximumWindowInMinutes'],
    [1, 1440],
  );
  return mode === 'OFF'
    ? undefined
    : required('flexibleTimeWindow.maximumWindowInMinutes', minutes);
}

/** Returns the schedule of a request. @throws {AwsApiError} */
export function readSchedule(operation: string, name: string, fields: Fields): Schedule {
  checkMembers('Scheduler', operation, fields, scheduleMembers);
  checkGroup(operation, textOf('groupName', fields['GroupName'], namePattern));
  const expression = textOf('scheduleExpression', fields['ScheduleExpression'], {
    least: 1,
    most: 256,
  });
  const timeZone = textOf('scheduleExpressionTimezone', fields['ScheduleExpressionTimezone'], {
    least: 1,
    most: 50,
  });
  const description = textOf('description', fields['Description'], { most: 512 });
  const state = textOf('state', fields['State'], { values: ['ENABLED', 'DISABLED'] });
  const after = textOf('actionAfterCompletion', fields['ActionAfterCompletion'], {
    values: ['NONE', 'DELETE'],
  });
  const startDate = timeOf('startDate', fields['StartDate']);
  const endDate = timeOf('endDate', fields['EndDate']);
  const windowMinutes = readWindow(fields['FlexibleTimeWindow']);
  return {
    name,
    expression: required('scheduleExpression', expression),
    ...(timeZone !== undefined && { timeZone }),
    ...(description !== undefined && { description }),
    ...(startDate !== undefined && { startDate }),
    ...(endDate !== undefined && { endDate }),
    isEnabled: state !== 'DISABLED',
    isDeletedAfterwards: after === 'DELETE',
    ...(windowMinutes !== undefined && { windowMinutes }),
    target: readTarget(operation, fields['Target']),
  };
}
