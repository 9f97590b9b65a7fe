import { describeFaults } from './describe-faults.ts';
import { startServingCloud } from './test-cloud.ts';

describeFaults(
  () => startServingCloud(),
  () => '127.0.0.1',
);
