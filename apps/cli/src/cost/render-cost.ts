import type { Bill, Traffic } from '@chorus/cost';
import { program } from '../program.ts';
import { renderTable } from '../table.ts';
import type { JobCost } from './job-costs.ts';
import type { WorkflowCost } from './workflow-costs.ts';

/** `$12.34`; cents are enough for a month. */
const dollars = (amount: number): string =>
  amount.toLocaleString('en-US', { style: 'currency', currency: 'USD' });

const whole = (count: number): string => Math.round(count).toLocaleString('en-US');

/** Returns a range as one cell, and one value where both ends are the same. */
function between(least: string, most: string): string {
  return least === most ? most : `${least} to ${most}`;
}

function renderBill(title: string, { lines, total }: Bill): string {
  const cells = lines.map(({ what, quantity, cost }) => [what, quantity, dollars(cost)]);
  return renderTable([title, '', '$ a month'], [...cells, ['total', '', dollars(total)]]);
}

function renderWorkflows(workflows: readonly WorkflowCost[]): string {
  return renderTable(
    ['each workflow', 'asks', 'a million requests', 'at rest, alone'],
    workflows.map(({ name, least, most, atRest }) => [
      name,
      `${between(String(least.functions.length), String(most.functions.length))} functions`,
      between(dollars(least.perMillion), dollars(most.perMillion)),
      dollars(atRest),
    ]),
  );
}

/** `$0.0524`: an hour of a job is a matter of cents. */
const cents = (amount: number): string => `$${amount.toFixed(4)}`;

function renderJobs(jobs: readonly JobCost[]): string {
  return renderTable(
    ['each job, while it runs', 'size', 'an hour', 'on demand', 'its longest attempt'],
    jobs.map(({ name, vCpu, memoryMb, spot, hour, onDemandHour, longest }) => [
      name,
      `${vCpu} vCPU and ${memoryMb / 1024} GB`,
      spot ? `${cents(hour)} on Spot, at best` : cents(hour),
      cents(onDemandHour),
      cents(longest),
    ]),
  );
}

/** Returns the lines that `chorus cost` prints. */
export function renderCost(answer: {
  readonly workflow: string | null;
  readonly traffic: Traffic;
  readonly serverless: Bill;
  readonly workflows: readonly WorkflowCost[];
  readonly jobs: readonly JobCost[];
  readonly jobsOfSageMaker: readonly string[];
  readonly atRest: Bill & { readonly stage: string };
  readonly container: Bill;
  readonly breakEvenRequests: number | undefined;
  readonly prices: { readonly asOf: string; readonly region: string };
}): readonly string[] {
  const { workflow, traffic, serverless, atRest, container, breakEvenRequests, prices } = answer;
  const { stage } = atRest;
  const each = traffic.requests === 0 ? 0 : (serverless.total / traffic.requests) * 1e6;
  const even =
    breakEvenRequests === undefined
      ? []
      : [`Both cost the same at ${whole(breakEvenRequests)} requests a month with this peak.`];
  const asked = `${traffic.functions.length} functions${workflow === null ? '' : ` of ${workflow}`}`;
  return [
    `${whole(traffic.requests)} requests a month to ${asked}, at most ${Number(traffic.peakPerSecond.toPrecision(3))} a second:`,
    '',
    renderBill('as it is deployed', serverless),
    '',
    renderBill(`${stage}, without any request`, atRest),
    '',
    `${stage} with these requests: ${dollars(serverless.total + atRest.total)} a month.`,
    '',
    renderBill('always-on containers of the same capacity, instead of the first', container),
    '',
    `${dollars(each)} per million requests. ${even.join('')}`.trim(),
    'What the stage costs without any request is the same for both, so it is not in the comparison.',
    '',
    ...(answer.workflows.length === 0
      ? []
      : [
          renderWorkflows(answer.workflows),
          '',
          'Without failures and repetitions; what is answered later (?async=1) costs more. At rest, alone:',
          `a stage like ${stage} that has no other workflow.`,
        ]),
    ...(answer.jobs.length === 0
      ? []
      : ['', renderJobs(answer.jobs), '', 'A job that is at rest costs nothing.']),
    ...answer.jobsOfSageMaker.map((job) => `Not in it: ${job} of SageMaker.`),
    `Prices of ${prices.region}, on demand, without free tier and transfer, as noted in packages/cost/src/prices.ts on ${prices.asOf}.`,
    `Next: ${program} cost --help`,
  ];
}
