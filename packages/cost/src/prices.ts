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
    'https://aws.amazon.com/cloudwatch/pricing/',
    'https://aws.amazon.com/xray/pricing/',
    'https://aws.amazon.com/fargate/pricing/',
    'https://aws.amazon.com/elasticloadbalancing/pricing/',
  ],
  lambda: {
    /** Per GB of memory and second; initialisation is billed too. */
    gbSecond: { x64: 0.0000166667, arm64: 0.0000133334 },
    request: 0.000_000_2,
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
  s3: { getRequest: 0.000_000_4 },
  cloudWatchLogs: { gbIngested: 0.5 },
  xray: { trace: 0.000_005 },
  fargate: {
    vcpuHour: { x64: 0.04048, arm64: 0.03238 },
    gbHour: { x64: 0.004445, arm64: 0.00356 },
  },
  loadBalancer: { hour: 0.0225, unitHour: 0.008 },
} as const;
