import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { serve, testCredentials } from '@chorus/emulator-aws/testing';
import { createLogs } from '../index.ts';

/** The logs of a folder, and AWS's own client of them. */
export interface RunningLogs {
  readonly directory: string;
  readonly client: CloudWatchLogsClient;
  remove(): Promise<void>;
}

export async function startLogs(): Promise<RunningLogs> {
  const directory = await mkdtemp(join(tmpdir(), 'logs-'));
  const { handle } = createLogs({ directory, credentials: testCredentials });
  const port = await serve({ logs: handle });
  const client = new CloudWatchLogsClient({
    endpoint: port.url,
    region: 'us-east-1',
    credentials: testCredentials,
    maxAttempts: 1,
  });
  return {
    directory,
    client,
    async remove() {
      client.destroy();
      await port.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** A line as functions write it. */
export const lineAt = (time: number, fields: Readonly<Record<string, unknown>> = {}): string =>
  `${JSON.stringify({ timestamp: new Date(time).toISOString(), ...fields })}\n`;
