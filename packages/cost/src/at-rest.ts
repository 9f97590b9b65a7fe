import { type Bill, bill, count, hoursPerMonth } from './monthly-bill.ts';
import { prices } from './prices.ts';
import type { Architecture } from './request-cost.ts';

/** Environments of a function that are kept ready. */
export interface ProvisionedEnvironments {
  readonly environments: number;
  readonly memoryMb: number;
  readonly architecture: Architecture;
}

/** The parts of a deployed stage that cost something without a request. */
export interface RestingParts {
  /** The metrics that alarms watch, all together. */
  readonly alarmMetrics: number;
  readonly compositeAlarms: number;
  readonly dashboards: number;
  readonly secrets: number;
  /** Caches of ElastiCache Serverless. */
  readonly caches: number;
  /** Databases of Aurora Serverless. */
  readonly databases: number;
  readonly databaseProxies: number;
  readonly webAcls: number;
  readonly webAclRules: number;
  /** Different images of functions. */
  readonly images: number;
  /** Processors that images are made for: those of one share their base. */
  readonly processors: number;
  /** Models with weights. */
  readonly models: number;
  readonly provisioned: readonly ProvisionedEnvironments[];
  /** Calls a month that keep an environment warm, of all functions. */
  readonly warmCalls: number;
  /** Queues that Lambda asks for messages all the time, on behalf of a function. */
  readonly polledQueues: number;
  /** Calls a month of schedules; what they start is paid besides. */
  readonly scheduledCalls: number;
  /** Those of them by which consumers take what is in their queues. */
  readonly takingCalls: number;
}

/**
 * Sizes in GB, compressed, of the version that is live and the one before it; rather too large than too small. A repository keeps a layer
 * once, whichever images have it, and the images of a stage are in one: see `docker/README.md` for their layers.
 */
const sizes = {
  /** The base image with Node, and the layer of ONNX Runtime. */
  base: 2 * 0.1,
  /** What an image has for itself: code, compile cache, libraries that are not in every model. */
  image: 2 * 0.01,
  /** Versions of a model's weights. */
  weights: 0.1,
  /** A database and its backups. */
  database: 1,
} as const;

/**
 * Requests a month by which Lambda asks an empty queue: five at a time, each of which waits for 20 s.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const pollsPerMonth = (5 * hoursPerMonth * 3600) / 20;

/** A call of a consumer that finds its queue empty: what SQS, and Lambda for 0.1 s of 256 MB, take for it. */
const takingCall =
  prices.sqs.request + prices.lambda.request + 0.1 * 0.25 * prices.lambda.gbSecond.x64;

/** A call that keeps an environment warm takes no longer than is billed at least, at 1 GB. */
const warmCall = prices.lambda.request + 0.001 * prices.lambda.gbSecond.x64;

/** Returns a number of things: `1 secret`, `2 secrets`. */
function many(number: number, thing: string): string {
  return `${count(number)} ${thing}${number === 1 ? '' : 's'}`;
}

function perHour(dollars: number): number {
  return dollars * hoursPerMonth;
}

/** Returns the dollars a month of the environments that are kept ready. */
function provisionedCost(provisioned: readonly ProvisionedEnvironments[]): number {
  const perSecond = provisioned.reduce(
    (sum, { environments, memoryMb, architecture }) =>
      sum + environments * (memoryMb / 1024) * prices.lambda.provisionedGbSecond[architecture],
    0,
  );
  return perHour(3600 * perSecond);
}

/**
 * Returns the bill of a month without a request: one line for each kind of part that there is. An account's free
 * dashboards are taken off, no other free tier is; a database is asleep, unless a proxy keeps it awake.
 */
export function atRest(parts: RestingParts): Bill {
  const {
    cloudWatch,
    secretsManager,
    elastiCache,
    aurora,
    rdsProxy,
    waf,
    ecr,
    s3,
    sqs,
    scheduler,
  } = prices;
  const environments = parts.provisioned.reduce((sum, each) => sum + each.environments, 0);
  const imagesGb = parts.processors * sizes.base + parts.images * sizes.image;
  const gb = (each: number) => `${count(each, 2)} GB`;
  const lines: readonly (readonly [what: string, parts: number, quantity: string, cost: number])[] =
    [
      [
        'CloudWatch alarms',
        parts.alarmMetrics,
        many(parts.alarmMetrics, 'metric'),
        parts.alarmMetrics * cloudWatch.alarmMetric,
      ],
      [
        'CloudWatch composite alarms',
        parts.compositeAlarms,
        many(parts.compositeAlarms, 'alarm'),
        parts.compositeAlarms * cloudWatch.compositeAlarm,
      ],
      [
        'CloudWatch dashboard',
        parts.dashboards,
        `${count(parts.dashboards)} of the account's ${cloudWatch.freeDashboards} free ones`,
        Math.max(0, parts.dashboards - cloudWatch.freeDashboards) * cloudWatch.dashboard,
      ],
      [
        'ElastiCache Serverless, Valkey',
        parts.caches,
        `its least of ${gb(elastiCache.valkeyLeastGb)}`,
        parts.caches * perHour(elastiCache.valkeyGbHour * elastiCache.valkeyLeastGb),
      ],
      [
        'Aurora, asleep',
        parts.databases,
        gb(parts.databases * sizes.database),
        parts.databases * sizes.database * aurora.gbMonth,
      ],
      [
        'RDS Proxy, and Aurora awake',
        parts.databaseProxies,
        `${rdsProxy.leastUnits} and ${aurora.leastUnits} capacity units`,
        parts.databaseProxies *
          perHour(rdsProxy.leastUnits * rdsProxy.unitHour + aurora.leastUnits * aurora.unitHour),
      ],
      [
        'Secrets Manager',
        parts.secrets,
        many(parts.secrets, 'secret'),
        parts.secrets * secretsManager.secret,
      ],
      [
        'WAF',
        parts.webAcls,
        `${many(parts.webAcls, 'web ACL')}, ${many(parts.webAclRules, 'rule')}`,
        parts.webAcls * waf.acl + parts.webAclRules * waf.rule,
      ],
      [
        'Lambda, kept ready',
        environments,
        many(environments, 'environment'),
        provisionedCost(parts.provisioned),
      ],
      [
        'Lambda, kept warm',
        parts.warmCalls,
        many(parts.warmCalls, 'call'),
        parts.warmCalls * warmCall,
      ],
      [
        'SQS, asked by Lambda',
        parts.polledQueues,
        `${many(parts.polledQueues, 'queue')}, ${count(parts.polledQueues * pollsPerMonth)} requests`,
        parts.polledQueues * pollsPerMonth * sqs.request,
      ],
      [
        'EventBridge Scheduler',
        parts.scheduledCalls,
        many(parts.scheduledCalls, 'call'),
        parts.scheduledCalls * scheduler.call,
      ],
      [
        'SQS, asked at times',
        parts.takingCalls,
        many(parts.takingCalls, 'call'),
        parts.takingCalls * takingCall,
      ],
      ['ECR, images', parts.images, gb(imagesGb), imagesGb * ecr.gbMonth],
      [
        'S3, weights',
        parts.models,
        gb(parts.models * sizes.weights),
        parts.models * sizes.weights * s3.gbMonth,
      ],
    ];
  return bill(
    lines
      .filter(([, there]) => there > 0)
      .map(([what, , quantity, cost]) => ({ what, quantity, cost })),
  );
}
