import type { Fields } from '@chorus/emulator-aws';
import { notDone } from './errors.ts';
import { describeGroups, describeStreams } from './operations/describe.ts';
import { filterEvents } from './operations/filter-events.ts';
import { getEvents } from './operations/get-events.ts';

/** CloudWatch Logs over the files that workers write to. */
export interface LogsService {
  /**
   * Runs an operation: `FilterLogEvents`.
   *
   * @throws {AwsApiError} if it does not succeed
   */
  run(operation: string, parameters: Fields): Promise<object>;
}

const operations = new Map([
  ['DescribeLogGroups', describeGroups],
  ['DescribeLogStreams', describeStreams],
  ['FilterLogEvents', filterEvents],
  ['GetLogEvents', getEvents],
]);

/** @param directory the folder with `<function>.log`, `<function>.2.log`, … */
export function logsIn(directory: string): LogsService {
  return {
    async run(operation, parameters) {
      const run = operations.get(operation);
      if (run === undefined) throw notDone(operation.slice(0, 80) || 'a request without a target');
      return run(directory, parameters);
    },
  };
}
