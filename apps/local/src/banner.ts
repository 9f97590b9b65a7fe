import { bostonColumns } from '@chorus/training/boston';

/** The first house of the data set, so that the first answer can be compared with a known price (24.0). */
const exampleValues = [0.00632, 18, 2.31, 0, 0.538, 6.575, 65.2, 4.09, 1, 296, 15.3, 396.9, 4.98];

/** What `pnpm start` prints when it is ready: where it is, a line to paste, and how AWS tools reach it. */
export function banner(
  url: string,
  live: Readonly<Record<string, string>>,
  directory: string,
  milliseconds: number,
): string {
  const house = Object.fromEntries(
    bostonColumns.map(({ name }, index) => [name, exampleValues[index]]),
  );
  const models = Object.entries(live).map(([name, version]) => `${name} ${version}`);
  return `
Chorus is ready at ${url} after ${(milliseconds / 1000).toFixed(1)} s, serving ${models.join(', ')}.

Ask all of them for the price of a house, in thousands of dollars:

  curl -s ${url}/predict/house-price -H 'content-type: application/json' -d '${JSON.stringify(house)}'

The same as an Open Inference Protocol model:  curl -s ${url}/v2/models/house-price
Any AWS tool works here too:

  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local

Next: npx -y pnpm@12 chorus models list. Logs are in ${directory}/logs. Ctrl-C stops it.`;
}
