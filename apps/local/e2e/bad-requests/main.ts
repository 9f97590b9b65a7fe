/**
 * Sends bad requests to a local cloud that runs: `node apps/local/e2e/bad-requests/main.ts URL DATABASE_URL CACHE_URL [COUNT]
 * [SEED]`, with the addresses that `pnpm start` prints, and the keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
 */

import { blueprint } from '@chorus/service';
import { askRightly } from './ask-rightly.ts';
import { readCredentials } from './env.ts';
import { runBadRequests } from './run.ts';
import { targetsOf } from './targets.ts';

const [url = '', databaseUrl = '', cacheUrl = '', count = '2000', seed = '1'] =
  process.argv.slice(2);
const targets = targetsOf(blueprint, url, readCredentials());
const portOf = (of: string): number => Number(new URL(of).port);
const { statuses, faults } = await runBadRequests({
  targets,
  ports: { cloud: portOf(url), database: portOf(databaseUrl), cache: portOf(cacheUrl) },
  count: Number(count),
  seed: Number(seed),
  atOnce: 4,
  askRightly: () => askRightly(targets),
});
for (const fault of faults) console.log(`${fault}\n`);
console.log(Object.fromEntries([...statuses].sort(([one], [other]) => one - other)), faults.length);
