import { errorAnswer } from '@chorus/emulator-dynamodb';
import type { FaultyService } from './service-faults.ts';
import { tablesOf } from './tables-of.ts';

/** DynamoDB, whose tables may have faults. */
export const faultyTables: FaultyService = {
  kind: 'table',
  namesOf: tablesOf,
  failure: {
    name: 'InternalServerError',
    message: 'The table fails: chaos was told to.',
    status: 500,
  },
  throttling: {
    name: 'ProvisionedThroughputExceededException',
    message:
      'The level of configured provisioned throughput for the table was exceeded: chaos was told to throttle it.',
    status: 400,
  },
  errorAnswer: (requestId, { status, ...error }) => errorAnswer(requestId, status, error),
};
