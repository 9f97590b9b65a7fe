import type { Expression } from '@chorus/events';
import { parseExpression } from '@chorus/events';

/** A schedule of EventBridge Scheduler. Times are epoch milliseconds. */
export interface Schedule {
  readonly name: string;
  /** `rate(1 day)`, `cron(0 6 * * ? *)` or `at(2027-01-01T00:00:00)` */
  readonly expression: string;
  /** @default 'UTC' */
  readonly timeZone?: string;
  readonly description?: string;
  readonly startDate?: number;
  readonly endDate?: number;
  /** @default true */
  readonly isEnabled?: boolean;
  /** Removed once it does not fire any more. @default false */
  readonly isDeletedAfterwards?: boolean;
  /** How many minutes after its time it may fire; it fires at its time here. */
  readonly windowMinutes?: number;
  readonly target: ScheduleTarget;
}

export interface ScheduleTarget {
  readonly arn: string;
  readonly roleArn?: string;
  /** What the target is sent. @default a notification of the schedule */
  readonly input?: string;
  readonly group?: string;
  readonly retries?: number;
  readonly maxAgeSeconds?: number;
  /** ARN of the queue that gets what could not be delivered. @default none */
  readonly deadLetters?: string;
}

/** A schedule with what the service knows of it. */
export interface KeptSchedule extends Schedule {
  readonly created: number;
  readonly modified: number;
  /** The client's token of its creation. */
  readonly token?: string;
  /** Whether the blueprint says it, and so what becomes of it at the next start. */
  readonly isOfBlueprint?: boolean;
}

/** Returns the expression of a schedule. @throws {InvalidExpressionError} */
export const expressionOf = ({ expression, timeZone }: Schedule): Expression =>
  parseExpression(expression, timeZone);

/**
 * Returns when a schedule fires first after a moment, within its dates; a one-time schedule has none.
 *
 * @param start what a rate is counted from
 */
export function nextOf(schedule: Schedule, after: number, start: number): number | undefined {
  const { isEnabled = true, startDate = Number.NEGATIVE_INFINITY, endDate } = schedule;
  if (!isEnabled) return undefined;
  const expression = expressionOf(schedule);
  if (expression.kind === 'at') return expression.next(after, start);
  const next = expression.next(Math.max(after, startDate - 1), start);
  return next === undefined || (endDate !== undefined && next > endDate) ? undefined : next;
}
