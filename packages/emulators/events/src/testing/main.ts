/**
 * EventBridge as a process of its own, for tests that kill it: `fork(main.ts, [directory])`. It delivers nothing: what it
 * accepted has to be on disk.
 */
import { serveParent, testCredentials } from '@chorus/emulator-aws/testing';
import { createEvents } from '../index.ts';

const [directory = ''] = process.argv.slice(2);
const { handle } = createEvents({
  directory,
  credentials: testCredentials,
  targets: { sqs: async () => {} },
  buses: [
    {
      name: 'shop',
      rules: [
        {
          name: 'all',
          pattern: { source: ['shop'] },
          target: { arn: 'arn:aws:sqs:us-east-1:000000000000:work' },
        },
      ],
    },
  ],
});
serveParent(handle);
