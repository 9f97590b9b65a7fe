import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalJobDefinition } from '../index.ts';

/**
 * A program that notes its attempt in the file MARKS, and then does what DO says: `exit 3`; `wait` until the file GATE is there; or
 * `wait, deaf` to being asked to end. One that waited exits with 0.
 */
const script = `
const { appendFileSync, existsSync } = require('node:fs');
const { DO, MARKS, GATE, AWS_BATCH_JOB_ATTEMPT } = process.env;
console.log('working in ' + process.env.TMPDIR);
if (DO.endsWith('deaf')) process.on('SIGTERM', () => appendFileSync(MARKS, 'asked\\n'));
appendFileSync(MARKS, AWS_BATCH_JOB_ATTEMPT + ' ' + process.pid + '\\n');
if (DO.startsWith('exit')) process.exit(Number(DO.slice(5)));
setInterval(() => { if (existsSync(GATE)) process.exit(0); }, 10);
`;

/** A job definition whose program is told what to do by variables. */
export function toyDefinition(
  folder: string,
  changes: Partial<LocalJobDefinition> = {},
): LocalJobDefinition {
  return {
    name: 'toy',
    image: 'toy:local',
    vcpus: 0.5,
    memoryMb: 1024,
    environment: { MARKS: join(folder, 'marks'), GATE: join(folder, 'gate'), DO: 'exit 0' },
    retryStrategy: {
      attempts: 3,
      evaluateOnExit: [
        { onStatusReason: 'Your Spot Task was interrupted*', action: 'RETRY' },
        { onReason: '*', action: 'EXIT' },
      ],
    },
    timeoutSeconds: 600,
    program: ({ environment, temporary }) => ({
      command: process.execPath,
      arguments: ['-e', script, '--'],
      environment: { ...environment, TMPDIR: temporary },
    }),
    ...changes,
  };
}

/** Lets every toy that waits end. */
export function openGate(folder: string): void {
  writeFileSync(join(folder, 'gate'), '');
}
