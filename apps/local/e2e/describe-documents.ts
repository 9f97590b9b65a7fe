import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { run } from '@chorus/cli';
import { beforeAll, expect, it } from 'vitest';
import { root, type TestCloud } from './test-cloud.ts';

/** Every document with commands: the README first, since the others build on it. */
const documents: readonly string[] = [
  'README.md',
  ...globSync('{*,{apps,packages,docker,infra,bench,docs}/**/*}.md', {
    cwd: root,
    exclude: (path) => path.includes('node_modules'),
  })
    .filter((path) => path !== 'README.md')
    .sort(),
];

/** Returns the commands of a document, line by line, with continued lines joined and comments cut off. */
async function commands(document: string): Promise<readonly string[]> {
  const text = await readFile(join(root, document), 'utf8');
  return text
    .matchAll(/^ *```(?:sh|shell|bash|console)\n(?<block>.*?)^ *```/gms)
    .flatMap(({ groups }) => (groups?.['block'] ?? '').replaceAll('\\\n', '').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '')
    .toArray();
}

/** Words of a command line; single quotes are all the README uses. */
const words = (line: string): readonly string[] =>
  line.match(/'[^']*'|[^\s']+/g)?.map((word) => word.replaceAll("'", '')) ?? [];

/** Commands that CI runs as they stand (`.ci/run`), or that need an account or a tool of AWS. */
const elsewhere = [
  'BASE_IMAGE=',
  'export DOCKER_HOST=',
  'bash docker/',
  'npx -y pnpm@12 run images:test',
  'npx -y pnpm@12 start',
  'npx -y pnpm@12 test',
  'npx -y pnpm@12 chorus models add ',
  // `.ci/run` does these with models of its own.
  'npx -y pnpm@12 chorus models push churn better.onnx',
  'npx -y pnpm@12 chorus models swap churn v2',
  'npx -y pnpm@12 chorus models rollback churn',
  // `batch.test.ts` does this with files of its own.
  'npx -y pnpm@12 chorus batch ',
  // `pipeline-approval.test.ts` does this.
  'npx -y pnpm@12 chorus pipeline run ',
  // `pipeline-add.test.ts` of the CLI does this, and `pipeline-promotion.test.ts` what the pipeline does then.
  'npx -y pnpm@12 chorus pipeline add ',
  'npx -y pnpm@12 chorus pipeline list churn',
  'npx -y pnpm@12 chorus pipeline show churn',
  // The tests of the console do this, in a browser.
  'npx -y pnpm@12 chorus console',
  'npx -y pnpm@12 run build',
  // What it takes decides nothing, and this one needs images of every function.
  'pnpm bench images',
  'npx -y pnpm@12 start --images',
  // The tests of infra read these lines as the commands do, and run the commands on a cloud in memory.
  'npx -y pnpm@12 run bootstrap ',
  'npx -y pnpm@12 run deploy ',
  'npx -y pnpm@12 run diff ',
  'npx -y pnpm@12 run destroy ',
  // `apps/cli/e2e/moto.ts` does this.
  'npx -y pnpm@12 chorus predict house-price --aws --stage staging',
  'eval "$(npx -y pnpm@12 chorus env)"',
  'aws ',
];

/** Describes that the commands of every document work, in an order that leaves other versions live. */
export function describeDocuments(cloudOf: () => TestCloud): void {
  let cloud: TestCloud;
  beforeAll(() => {
    cloud = cloudOf();
  });

  async function curl(line: string): Promise<number> {
    const given = words(line);
    const after = (flag: string) => given[given.indexOf(flag) + 1] ?? '';
    const url = given.find((word) => word.startsWith('http')) ?? '';
    const body = given.includes('-d') ? after('-d') : undefined;
    const response = await fetch(url.replace('http://127.0.0.1:8787', cloud.url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: given.includes('-H') ? { 'content-type': after('-H').split(': ')[1] ?? '' } : {},
      ...(body !== undefined && { body }),
    });
    await response.arrayBuffer();
    return response.status;
  }

  async function chorus(line: string): Promise<string> {
    const stdout = new PassThrough();
    const stderr = new PassThrough();
    const written = Promise.all([text(stdout), text(stderr)]);
    const argv = words(line).slice(4);
    const env = { AWS_ENDPOINT_URL: cloud.url, CHORUS_DIRECTORY: cloud.directory };
    const code = await run(argv, { stdin: Readable.from([]), stdout, stderr, env });
    stdout.end();
    stderr.end();
    return `${code} ${code === 0 ? '' : (await written).join('\n')}`.trim();
  }

  /** True of a line that is run elsewhere; an entry that ends in ` `, `=` or `/` stands for all that begin with it. */
  const isElsewhere = (line: string): boolean =>
    elsewhere.some((entry) => line === entry || (/[ =/]$/.test(entry) && line.startsWith(entry)));

  it('shows commands', async () => {
    expect((await commands('README.md')).length).toBeGreaterThan(12);
  });

  it.each(documents)('%s shows commands that work, in their order', async (document) => {
    for (const line of await commands(document)) {
      if (isElsewhere(line)) continue;
      // A few seconds are enough for the twenty requests that a promotion is judged by.
      const quick = line.replaceAll(/\b\d+s\b/g, '3s');
      if (line.startsWith('curl ')) expect(await curl(line), line).toBe(200);
      else if (line.startsWith('npx -y pnpm@12 chorus '))
        expect(await chorus(quick), line).toBe('0');
      else expect.fail(`no test runs this line of ${document}: ${line}`);
    }
  });
}
