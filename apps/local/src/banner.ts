import type { WorkflowSpec } from '@chorus/blueprint';

export interface Ready {
  readonly url: string;
  /** Version of each model. */
  readonly live: Readonly<Record<string, string>>;
  /** The workflow to show a request of. */
  readonly workflow: WorkflowSpec | undefined;
  readonly directory: string;
  readonly milliseconds: number;
}

/** What `pnpm start` prints when it is ready: where it is, a line to paste, and how AWS tools reach it. */
export function banner({ url, live, workflow, directory, milliseconds }: Ready): string {
  const models = Object.entries(live).map(([name, version]) => `${name} ${version}`);
  const request =
    workflow === undefined
      ? ''
      : `
Ask them together:

  curl -s ${url}/predict/${workflow.name} -H 'content-type: application/json' -d '${JSON.stringify(workflow.example)}'

The same as an Open Inference Protocol model:  curl -s ${url}/v2/models/${workflow.name}
`;
  return `
Chorus is ready at ${url} after ${(milliseconds / 1000).toFixed(1)} s, serving ${models.join(', ')}.
${request}
Any AWS tool works here too:

  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local

Next: npx -y pnpm@12 chorus models list. Logs are in ${directory}/logs. Ctrl-C stops it.`;
}
