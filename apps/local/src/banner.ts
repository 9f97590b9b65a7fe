import type { PageSpec, WorkflowSpec } from '@chorus/blueprint';
import type { Credentials } from '@chorus/emulator-aws';
import type { FeatureAddresses } from './feature-store.ts';
import { fetchCommand } from './publish-models.ts';
import { shown } from './shown-url.ts';

export interface Ready {
  readonly url: string;
  /** The credentials that AWS tools sign with. */
  readonly credentials: Credentials;
  /** Version of each model. */
  readonly live: Readonly<Record<string, string>>;
  /** Models whose weights are still to be fetched. */
  readonly notServed: readonly string[];
  /** Those to show a request of. */
  readonly workflows: readonly WorkflowSpec[];
  readonly pages: readonly PageSpec[];
  /** The addresses of the feature store, if there is one. */
  readonly features: FeatureAddresses | undefined;
  readonly directory: string;
  readonly milliseconds: number;
}

/** Returns a text as one word of a shell. */
const shellWord = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** Returns the variable by which `psql` finds the password of the embedded database, which is not for a terminal. */
const passwordOf = ({ passwordFile }: FeatureAddresses): string =>
  passwordFile === undefined ? '' : `PGPASSFILE=${shellWord(passwordFile)} `;

/**
 * Returns the text that `pnpm start` prints when it is ready: the address, a line to paste, and how AWS tools reach
 * it.
 */
export function banner(ready: Ready): string {
  const { url, credentials, live, notServed, workflows, pages, features, directory } = ready;
  const models = Object.entries(live).map(([name, version]) => `${name} ${version}`);
  const missing = notServed.map(
    (name) =>
      `Not served: ${name}. Its weights are not in the repository; this gets them and serves it: ${fetchCommand(name)}\n`,
  );
  const requests = workflows.map(({ name, request, example }) =>
    request.invitation({ url, workflow: name, example }),
  );
  const browsed = pages.map(({ path }) => `\nIn a browser:        ${url}${path}\n`);
  const store =
    features &&
    `
Features of places:  ${passwordOf(features)}psql ${shown(features.databaseUrl)}, cached at ${shown(features.cacheUrl)}
`;
  return `
Chorus is ready at ${url} after ${(ready.milliseconds / 1000).toFixed(1)} s, serving ${models.join(', ')}.
${missing.join('')}${requests.join('')}${browsed.join('')}${store ?? ''}
Any AWS tool works here too, with this folder's own credentials (npx -y pnpm@12 chorus env prints them again):

  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=${credentials.accessKeyId} AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}

A model of your own:  npx -y pnpm@12 chorus models add churn.onnx

Next: npx -y pnpm@12 chorus models list. Logs are in ${directory}/logs. Ctrl-C stops it.`;
}
