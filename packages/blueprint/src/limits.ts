/** The limits that several packages have to keep to, each said once. */

export { mostAttempts } from '@chorus/resilience';

/** The deadline of a caller that names none, and the longest that a caller may name, in milliseconds. */
export const budgetMs = 25_000;

/** Longest a state machine runs, and the gateway's function: one second under API Gateway, so that they end first. */
export const timeoutSeconds = 28;

/** API Gateway gives up after so long. */
export const apiTimeoutSeconds = 29;

/** Largest input of an execution, in bytes of UTF-8; Step Functions sets it. */
export const maxInputBytes = 262_144;
