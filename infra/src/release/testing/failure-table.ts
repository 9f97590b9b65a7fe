import { isDeepStrictEqual } from 'node:util';
import { type Failure, failures, isOfFirst, isOfSecond } from './failures.ts';
import { removeAssemblies } from './fake-assembly.ts';
import { type FakeAws, fakeAws } from './fake-aws.ts';
import { endOf, liveIn } from './fake-cloud.ts';
import { releaseOf } from './release-of.ts';
import { smallRepository } from './small-service.ts';

// `node infra/src/release/testing/failure-table.ts`: what is live after each failure of a release, as a table for documents.

const { root, remove } = smallRepository();
const releasing = (aws: FakeAws, commit: string) => releaseOf({ aws, root, commit });

/** Returns the commits whose code answers, `before`, and the version of each alias `live`. */
function answering(aws: FakeAws): string {
  const { code, live } = liveIn(aws.cloud);
  const commits = [...new Set(Object.values(code).map((each) => each?.code))];
  return commits.length === 0
    ? 'nothing'
    : `${commits.join(', ')} (${Object.values(live).join(', ')})`;
}

function servingOf(aws: FakeAws): string {
  const template = liveIn(aws.cloud).serving;
  if (template === undefined || template === '') return 'none';
  const { Description }: { readonly Description: string } = JSON.parse(template);
  return Description;
}

async function row([step, how, failure]: Failure, begin: () => Promise<FakeAws>, commit: string) {
  const clean = await begin();
  await releasing(clean, commit);
  const aws = await begin();
  aws.inject(failure);
  await releasing(aws, commit).catch(() => undefined);
  aws.inject(undefined);
  const { database, isProtected } = liveIn(aws.cloud);
  const cells = [
    step,
    how,
    answering(aws),
    servingOf(aws),
    Object.values(liveIn(aws.cloud).pages).join(', ') || 'none',
    database.applied.join(', ') || 'none',
    isProtected ? 'on' : 'off',
  ];
  await releasing(aws, commit);
  const same = isDeepStrictEqual(endOf(aws.cloud), endOf(clean.cloud))
    ? 'the same end'
    : 'ANOTHER END';
  return `| ${[...cells, same].join(' | ')} |`;
}

/** Prints a table of failures. */
async function table(
  title: string,
  of: readonly Failure[],
  begin: () => Promise<FakeAws>,
  commit: string,
) {
  const head = [
    'fails at',
    'how',
    'aliases `live`',
    'Serving',
    'pages',
    'migrations',
    'protection',
    'released again',
  ];
  const lines = [`${title}\n`, `| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`];
  for (const each of of) lines.push(await row(each, begin, commit));
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

await table(
  'A release of the commit `after` over `before`:',
  failures.filter(isOfSecond),
  async () => {
    const aws = fakeAws();
    await releasing(aws, 'before');
    aws.migrations = ['0001-features', '0002-more'];
    return aws;
  },
  'after',
);
await table('A first deployment:', failures.filter(isOfFirst), async () => fakeAws(), 'first');
removeAssemblies();
remove();
