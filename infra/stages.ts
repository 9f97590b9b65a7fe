import type { Repository, StageSpec } from '@chorus/blueprint';

/** The repository whose workflows deploy. Change it to yours, with its `id`, before `bootstrap`; `gh api repos/owner/name --jq .id`. */
export const repository: Repository = { name: 'your-organisation/chorus' };

/**
 * The stages. Each is best put into an account of its own. A merge deploys `staging`, then `production`; others are deployed by
 * hand, or by a job of yours in `.github/workflows/deploy.yml`.
 */
export const stages: Readonly<Record<string, StageSpec>> = {
  staging: { region: 'us-east-1' },
  production: { region: 'us-east-1', canary: '10-percent-5-minutes', dashboard: true },
};

/** A stage for a pull request, `pr-<number>`; it ends with it, data and all. */
export const preview: StageSpec = {
  region: 'us-east-1',
  featureStore: false,
  keepsData: false,
  logDays: 3,
};

/** How long a preview is kept. */
export const previewDays = 3;
