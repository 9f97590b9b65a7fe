import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it.each([
  [{ stages: 'nowhere' }, 'infra/stages.ts has no stage nowhere; there are staging'],
  [{ stages: 'staging' }, 'to look at templates: -c pins=none'],
  [{ pins: 'none', bundles: 'some' }, '-c bundles: expected required or optional, got some'],
])('what is wrong with %j is said in a line', (context, message) => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { CDK_CONTEXT_JSON: JSON.stringify(context) },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});
