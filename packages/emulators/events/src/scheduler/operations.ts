import { AwsApiError, type Fields } from '@chorus/emulator-aws';
import { InvalidExpressionError } from '@chorus/events';
import { invalid, noSchedule, notDone } from '../errors.ts';
import { countOf, required, textOf } from '../json-body.ts';
import { byName, page } from '../pages.ts';
import { checkGroup, namePattern, readSchedule } from './read-schedule.ts';
import type { KeptSchedule, Schedule } from './schedule.ts';
import { type Schedules, scheduleArn } from './schedules.ts';

/** A request to the Scheduler's API. */
export interface SchedulerCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly fields: Fields;
}

const seconds = (milliseconds: number): number => milliseconds / 1000;

const stateOf = ({ isEnabled = true }: Schedule): string => (isEnabled ? 'ENABLED' : 'DISABLED');

function described(schedule: KeptSchedule): unknown {
  const { name, expression, timeZone = 'UTC', description, startDate, endDate } = schedule;
  const { windowMinutes, isDeletedAfterwards, target, created, modified } = schedule;
  const { arn, roleArn, input, retries = 185, maxAgeSeconds = 86_400, group, deadLetters } = target;
  return {
    Arn: scheduleArn(name),
    Name: name,
    GroupName: 'default',
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: timeZone,
    State: stateOf(schedule),
    FlexibleTimeWindow:
      windowMinutes === undefined
        ? { Mode: 'OFF' }
        : { Mode: 'FLEXIBLE', MaximumWindowInMinutes: windowMinutes },
    ActionAfterCompletion: isDeletedAfterwards ? 'DELETE' : 'NONE',
    ...(description !== undefined && { Description: description }),
    ...(startDate !== undefined && { StartDate: seconds(startDate) }),
    ...(endDate !== undefined && { EndDate: seconds(endDate) }),
    Target: {
      Arn: arn,
      ...(roleArn !== undefined && { RoleArn: roleArn }),
      ...(input !== undefined && { Input: input }),
      RetryPolicy: { MaximumEventAgeInSeconds: maxAgeSeconds, MaximumRetryAttempts: retries },
      ...(deadLetters !== undefined && { DeadLetterConfig: { Arn: deadLetters } }),
      ...(group !== undefined && { SqsParameters: { MessageGroupId: group } }),
    },
    CreationDate: seconds(created),
    LastModificationDate: seconds(modified),
  };
}

const summaryOf = (schedule: KeptSchedule) => ({
  Arn: scheduleArn(schedule.name),
  Name: schedule.name,
  GroupName: 'default',
  State: stateOf(schedule),
  Target: { Arn: schedule.target.arn },
  CreationDate: seconds(schedule.created),
  LastModificationDate: seconds(schedule.modified),
});

function put(schedules: Schedules, schedule: Schedule, token: string | undefined): unknown {
  try {
    schedules.put(schedule, token === undefined ? {} : { token });
  } catch (cause) {
    if (!(cause instanceof InvalidExpressionError)) throw cause;
    throw invalid(`Invalid Schedule Expression ${cause.message}.`, cause);
  }
  return { ScheduleArn: scheduleArn(schedule.name) };
}

const tokenOf = (value: unknown): string | undefined =>
  textOf('clientToken', value, { least: 1, most: 64, pattern: /^[a-zA-Z0-9-_]+$/ });

function create(schedules: Schedules, name: string, { fields }: SchedulerCall): unknown {
  const schedule = readSchedule('CreateSchedule', name, fields);
  const token = tokenOf(fields['ClientToken']);
  if (!schedules.has(name)) return put(schedules, schedule, token);
  // A client that did not hear the answer asks again.
  if (token !== undefined && schedules.find(name).token === token)
    return { ScheduleArn: scheduleArn(name) };
  throw new AwsApiError('ConflictException', `Schedule ${name} already exists.`, 409);
}

function update(schedules: Schedules, name: string, { fields }: SchedulerCall): unknown {
  const schedule = readSchedule('UpdateSchedule', name, fields);
  tokenOf(fields['ClientToken']);
  if (!schedules.has(name)) throw noSchedule(name);
  return put(schedules, schedule, undefined);
}

function checkQuery(operation: string, query: URLSearchParams, known: readonly string[]): void {
  const other = [...query.keys()].find((each) => !known.includes(each));
  if (other !== undefined) throw notDone('Scheduler', `${other.slice(0, 80)} in ${operation}`);
}

function list(schedules: Schedules, { query }: SchedulerCall): unknown {
  checkQuery('ListSchedules', query, [
    ...['ScheduleGroup', 'NamePrefix', 'State', 'NextToken', 'MaxResults'],
  ]);
  const asked = (name: string): string | undefined => query.get(name) ?? undefined;
  checkGroup('ListSchedules', asked('ScheduleGroup'));
  const prefix = textOf('namePrefix', asked('NamePrefix'), namePattern) ?? '';
  const state = textOf('state', asked('State'), { values: ['ENABLED', 'DISABLED'] });
  const limit = asked('MaxResults');
  const all = schedules
    .list()
    .map(summaryOf)
    .filter(({ Name, State }) => Name.startsWith(prefix) && State === (state ?? State))
    .toSorted(byName);
  const { entries, ...next } = page(
    all,
    limit === undefined ? undefined : countOf('maxResults', Number(limit), [1, 100]),
    textOf('nextToken', asked('NextToken'), { least: 1, most: 2048 }),
  );
  return { Schedules: entries, ...next };
}

const routes: Readonly<
  Record<string, (schedules: Schedules, name: string, call: SchedulerCall) => unknown>
> = {
  POST: create,
  PUT: update,
  GET(schedules, name, { query }) {
    checkQuery('GetSchedule', query, ['groupName']);
    checkGroup('GetSchedule', query.get('groupName') ?? undefined);
    return described(schedules.find(name));
  },
  DELETE(schedules, name, { query }) {
    checkQuery('DeleteSchedule', query, ['groupName', 'clientToken']);
    checkGroup('DeleteSchedule', query.get('groupName') ?? undefined);
    schedules.remove(name);
    return {};
  },
};

/** What else the Scheduler's API has, by the first part of its path. */
const refused: Readonly<Record<string, string>> = {
  'schedule-groups':
    'schedule groups (CreateScheduleGroup, GetScheduleGroup, ListScheduleGroups, DeleteScheduleGroup)',
  tags: 'tags (TagResource, UntagResource, ListTagsForResource)',
};

/**
 * Runs an operation of EventBridge Scheduler.
 *
 * @throws {AwsApiError} if it does not succeed; NotImplementedException for one that is not done
 */
export function runOnScheduler(schedules: Schedules, call: SchedulerCall): unknown {
  const { method, path } = call;
  const [, first = '', encoded, ...more] = path.split('/');
  if (first === 'schedules' && more.length === 0) {
    if (encoded === undefined && method === 'GET') return list(schedules, call);
    const run = Object.hasOwn(routes, method) ? routes[method] : undefined;
    if (encoded !== undefined && run !== undefined) {
      const name = required('name', textOf('name', decodeName(encoded), namePattern));
      return run(schedules, name, call);
    }
  }
  const known = Object.hasOwn(refused, first) ? refused[first] : undefined;
  throw notDone('Scheduler', known ?? `${method} ${path.slice(0, 80)}`);
}

function decodeName(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw invalid('The name in the path is not percent-encoded UTF-8', cause);
  }
}
