/**
 * AWS's on-demand prices of US East (N. Virginia) in US dollars, without the free tier and without the discounts of
 * large volumes, as they were noted here on `asOf`. The only place with a price in it: compare it with the sources
 * before you rely on it, and change the date with the numbers.
 */
export const prices = {
  asOf: '2026-11-21',
  region: 'us-east-1',
  sources: [
    'https://aws.amazon.com/lambda/pricing/',
    'https://aws.amazon.com/step-functions/pricing/',
    'https://aws.amazon.com/api-gateway/pricing/',
    'https://aws.amazon.com/s3/pricing/',
    'https://aws.amazon.com/dynamodb/pricing/on-demand/',
    'https://aws.amazon.com/cloudwatch/pricing/',
    'https://aws.amazon.com/xray/pricing/',
    'https://aws.amazon.com/fargate/pricing/',
    'https://aws.amazon.com/vpc/pricing/',
    'https://aws.amazon.com/elasticloadbalancing/pricing/',
    'https://aws.amazon.com/secrets-manager/pricing/',
    'https://aws.amazon.com/elasticache/pricing/',
    'https://aws.amazon.com/rds/aurora/pricing/',
    'https://aws.amazon.com/rds/proxy/pricing/',
    'https://aws.amazon.com/waf/pricing/',
    'https://aws.amazon.com/ecr/pricing/',
    'https://aws.amazon.com/sqs/pricing/',
    'https://aws.amazon.com/eventbridge/pricing/',
  ],
  lambda: {
    /** Per GB of memory and second; initialisation is billed too. */
    gbSecond: { x64: 0.0000166667, arm64: 0.0000133334 },
    request: 0.000_000_2,
    /** Per GB of memory and second of an environment that is kept ready. */
    provisionedGbSecond: { x64: 0.0000041667, arm64: 0.0000033334 },
  },
  expressWorkflow: {
    request: 0.000_001,
    /** Per GB and second, of the first tier. */
    gbSecond: 0.00001667,
    /** Durations are rounded up to this, … */
    roundMs: 100,
    /** … and memory to this. */
    roundMb: 64,
  },
  restApi: { request: 0.000_003_5 },
  /** On demand: per KB of an item that is written, begun ones included. */
  dynamodb: { writeUnit: 0.000_000_625 },
  s3: { getRequest: 0.000_000_4, gbMonth: 0.023 },
  ecr: { gbMonth: 0.1 },
  /** A queue that does not keep the order; another is a quarter dearer. */
  sqs: { request: 0.000_000_4 },
  scheduler: { call: 0.000_001 },
  cloudWatchLogs: { gbIngested: 0.5 },
  cloudWatch: {
    /** Per metric that an alarm watches, and month. */
    alarmMetric: 0.1,
    compositeAlarm: 0.5,
    /** Per month, beyond the free ones of an account. */
    dashboard: 3,
    freeDashboards: 3,
    /** Per metric of one's own and month, by the hours in which it has data. */
    customMetric: 0.3,
  },
  secretsManager: { secret: 0.4 },
  elastiCache: {
    /** Serverless, Valkey: per GB and hour, of at least so many GB. */
    valkeyGbHour: 0.084,
    valkeyLeastGb: 0.1,
  },
  aurora: {
    gbMonth: 0.1,
    /** Per capacity unit and hour. */
    unitHour: 0.12,
    /** The least that it takes when it is awake. */
    leastUnits: 0.5,
  },
  rdsProxy: {
    /** Per capacity unit of the database and hour, of at least so many. */
    unitHour: 0.015,
    leastUnits: 8,
  },
  waf: { acl: 5, rule: 1 },
  xray: { trace: 0.000_005 },
  fargate: {
    vcpuHour: { x64: 0.04048, arm64: 0.03238 },
    gbHour: { x64: 0.004445, arm64: 0.00356 },
    /** The share of both that spare capacity costs at best; it changes with what is spare. */
    spotShare: 0.3,
    /** A task is billed for so long at least, in seconds. */
    leastSeconds: 60,
  },
  /** Of the address by which a task in a public subnet reaches others. */
  publicAddress: { hour: 0.005 },
  loadBalancer: { hour: 0.0225, unitHour: 0.008 },
} as const;
