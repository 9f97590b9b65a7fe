import { prices } from './prices.ts';
import { type Architecture, invocationCost, workflowCost, writeCost } from './request-cost.ts';

/** What of a function its price depends on. */
export interface FunctionSize {
  readonly memoryMb: number;
  readonly architecture: Architecture;
}

/** A month's traffic through a workflow. */
export interface Traffic {
  /** Per month. */
  readonly requests: number;
  /** The functions that a request asks. */
  readonly functions: readonly FunctionSize[];
  /** So many of them wait for one another; the others are asked beside them. */
  readonly inTurn: number;
  /** Items of at most 1 KB that a request writes into tables. @default 0 */
  readonly writes?: number;
  /** The duration of a warm invocation, in milliseconds. */
  readonly durationMs: number;
  /** Share of invocations that find no warm environment, 0 to 1. */
  readonly coldShare: number;
  /** The time that a cold start adds to an invocation, in milliseconds. */
  readonly coldMs: number;
  /** The processor of the containers that it is compared with. */
  readonly architecture: Architecture;
  /** Requests at the busiest moment, per second; an always-on container must be able to answer them. */
  readonly peakPerSecond: number;
}

/** One line of a bill. */
export interface BillLine {
  readonly what: string;
  /** The amount, for people: `3,000,000 requests`. */
  readonly quantity: string;
  /** Dollars a month. */
  readonly cost: number;
}

/** A month's bill. */
export interface Bill {
  readonly lines: readonly BillLine[];
  /** Dollars a month. */
  readonly total: number;
}

/** Hours of an average month, as AWS's calculator counts them. */
export const hoursPerMonth = 730;

/** The bytes that Lambda writes to CloudWatch for one invocation, or API Gateway for one request. */
const logBytes = 700;

/** Share of requests that are traced; `infra` deploys the sampling rule with it. */
export const tracedShare = 0.05;

/** One vCPU of Lambda comes with this much memory. */
const mbPerVcpu = 1769;

/** Fargate's sizes: vCPUs, and the least memory each comes with in GB. */
const fargateSizes = [
  [0.25, 0.5],
  [0.5, 1],
  [1, 2],
  [2, 4],
  [4, 8],
  [8, 16],
  [16, 32],
] as const;

/** Metrics that are counted from logs, and cost something in the hours in which there are requests: `infra` has one. */
const countedMetrics = 1;

export function bill(lines: readonly BillLine[]): Bill {
  return { lines, total: lines.reduce((sum, { cost }) => sum + cost, 0) };
}

export const count = (quantity: number, digits = 0): string =>
  quantity.toLocaleString('en-US', { maximumFractionDigits: digits });

/** Returns the part of a month's serverless bill that its requests make; what is there without any is `atRest`. */
export function serverlessBill(traffic: Traffic): Bill {
  const { requests, functions, inTurn, writes = 0, durationMs, coldShare, coldMs } = traffic;
  const models = functions.length;
  const invocations = requests * models;
  const cold = invocations * coldShare;
  const costOfAll = (ms: number): number =>
    functions.reduce((sum, size) => sum + invocationCost({ ...size, durationMs: ms }), 0);
  // One in so many waits for a cold start.
  const coldRequests = 1 - (1 - coldShare) ** models;
  const workflowMs = Math.max(1, inTurn * durationMs);
  const workflow =
    workflowCost(workflowMs) * (1 - coldRequests) +
    workflowCost(workflowMs + coldMs) * coldRequests;
  const logGb = ((invocations + requests) * logBytes) / 1e9;
  const processors = [...new Set(functions.map(({ architecture }) => architecture))];
  return bill([
    {
      what: 'API Gateway, REST',
      quantity: `${count(requests)} requests`,
      cost: requests * prices.restApi.request,
    },
    {
      what: 'Step Functions, Express',
      quantity: `${count(requests)} executions`,
      cost: requests * workflow,
    },
    {
      what: ['Lambda', ...processors].join(', '),
      quantity: `${count(invocations)} invocations, ${count(cold)} cold`,
      cost:
        requests *
        ((1 - coldShare) * costOfAll(durationMs) + coldShare * costOfAll(durationMs + coldMs)),
    },
    ...(writes === 0
      ? []
      : [
          {
            what: 'DynamoDB, on demand',
            quantity: `${count(requests * writes)} writes`,
            cost: requests * writes * writeCost(1),
          },
        ]),
    {
      what: 'S3, weights at cold starts',
      quantity: `${count(cold)} reads`,
      cost: cold * prices.s3.getRequest,
    },
    {
      what: 'CloudWatch Logs',
      quantity: `${count(logGb, 2)} GB`,
      cost: logGb * prices.cloudWatchLogs.gbIngested,
    },
    {
      what: 'CloudWatch metrics',
      quantity: `${count(countedMetrics)} counted from logs`,
      // At worst each request is in an hour of its own.
      cost: countedMetrics * prices.cloudWatch.customMetric * Math.min(1, requests / hoursPerMonth),
    },
    {
      what: 'X-Ray',
      quantity: `${count(requests * tracedShare)} traces`,
      cost: requests * tracedShare * prices.xray.trace,
    },
  ]);
}

/** vCPUs that are busy at the busiest moment. A warm environment has a share of one by its memory. */
function peakVcpus({ peakPerSecond, functions, durationMs }: Traffic): number {
  const shares = functions.map(({ memoryMb }) => Math.min(1, memoryMb / mbPerVcpu));
  return peakPerSecond * (durationMs / 1000) * shares.reduce((sum, share) => sum + share, 0);
}

/**
 * Returns the bill of containers that are always on and can answer the same peak: at least two, in two zones, as
 * large as together needed for the peak and for all functions' memory, behind a load balancer.
 */
export function containerBill(traffic: Traffic): Bill {
  const { functions, architecture } = traffic;
  const tasksAtLeast = 2;
  const largest = fargateSizes[fargateSizes.length - 1] ?? [16, 32];
  const tasks = Math.max(tasksAtLeast, Math.ceil(peakVcpus(traffic) / largest[0]));
  const vcpusNeeded = peakVcpus(traffic) / tasks;
  const gbNeeded = functions.reduce((sum, { memoryMb }) => sum + memoryMb, 0) / 1024;
  const [vcpus, leastGb] =
    fargateSizes.find(([size, gb]) => size >= vcpusNeeded && gb * 4 >= gbNeeded) ?? largest;
  const gb = Math.max(leastGb, Math.ceil(gbNeeded));
  const { vcpuHour, gbHour } = prices.fargate;
  return bill([
    {
      what: `Fargate, ${architecture}`,
      quantity: `${count(tasks)} tasks of ${vcpus} vCPU and ${gb} GB`,
      cost: tasks * hoursPerMonth * (vcpus * vcpuHour[architecture] + gb * gbHour[architecture]),
    },
    {
      what: 'Application Load Balancer',
      quantity: `${count(hoursPerMonth)} hours, 1 capacity unit`,
      cost: hoursPerMonth * (prices.loadBalancer.hour + prices.loadBalancer.unitHour),
    },
    {
      what: 'CloudWatch Logs',
      quantity: `${count((traffic.requests * logBytes) / 1e9, 2)} GB`,
      cost: ((traffic.requests * logBytes) / 1e9) * prices.cloudWatchLogs.gbIngested,
    },
  ]);
}

/** Requests a month at which both cost the same, all else being equal; undefined when serverless never costs more. */
export function breakEvenRequests(traffic: Traffic): number | undefined {
  // From some requests a day on metrics cost the same, however many there are.
  const metrics = countedMetrics * prices.cloudWatch.customMetric;
  const one = (serverlessBill({ ...traffic, requests: 1e6 }).total - metrics) / 1e6;
  const fixed = containerBill({ ...traffic, requests: 0 }).total - metrics;
  const perRequest = one - (logBytes / 1e9) * prices.cloudWatchLogs.gbIngested;
  return perRequest > 0 ? Math.round(fixed / perRequest) : undefined;
}
