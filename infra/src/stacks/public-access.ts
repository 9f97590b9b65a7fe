import { physicalName, type Rate } from '@chorus/blueprint';
import { Fn, type NestedStack } from 'aws-cdk-lib';
import {
  type MethodDeploymentOptions,
  MethodLoggingLevel,
  Period,
  type RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { StageOptions } from '../options.ts';
import type { PublicRoute } from '../pages/public-routes.ts';
import { throttleOf } from './api-access.ts';

/** What visitors of the pages may ask of the public routes, all of them together. */
const publicLimits = {
  /** Of each route. */
  rate: { perSecond: 5 },
  /** Requests per month of all routes. */
  requestsPerMonth: 100_000,
} as const satisfies { rate: Rate; requestsPerMonth: number };

/**
 * Returns the key that CloudFront adds to the calls it passes on, without which API Gateway answers no public route. It is
 * the unique part of the id that CloudFormation gives the API's stack: no template, log or file holds it, and it costs
 * nothing, where a secret would cost more than the pages. What it guards is open to everyone at CloudFront: it
 * keeps callers from going around what CloudFront refuses.
 */
export function pageKey(apiStack: NestedStack): string {
  return Fn.select(2, Fn.split('/', apiStack.stackId));
}

/** How every method is watched: errors in the log, no payload. */
export const watchedMethods: MethodDeploymentOptions = {
  loggingLevel: MethodLoggingLevel.ERROR,
  dataTraceEnabled: false,
  // Those of the whole API are free; of each method they cost $0.30 a month, and nothing reads them.
  metricsEnabled: false,
};

/** Returns the rate of methods, with what the settings of a method of its own do not take over from the stage. */
export function methodRate(rate: Rate): MethodDeploymentOptions {
  const { rateLimit, burstLimit } = throttleOf(rate);
  return { ...watchedMethods, throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit };
}

/** Returns the rate of each public route. */
export function publicRates(
  routes: readonly PublicRoute[],
  { publicRate = publicLimits.rate }: StageOptions,
): Record<string, MethodDeploymentOptions> {
  return Object.fromEntries(
    routes.map(({ method, path }) => [`${path}/${method}`, methodRate(publicRate)]),
  );
}

/** Adds CloudFront's key, with a quota of its own: a month of the pages costs so much and no more. */
export function addPageKey(
  apiStack: NestedStack,
  api: RestApi,
  { name, publicRequestsPerMonth = publicLimits.requestsPerMonth }: StageOptions,
): void {
  const plan = api.addUsagePlan('PageUsage', {
    name: physicalName('page-usage', name),
    description: "Calls of the public routes by the pages' visitors, all together",
    apiStages: [{ api, stage: api.deploymentStage }],
    quota: { limit: publicRequestsPerMonth, period: Period.MONTH },
  });
  plan.addApiKey(
    api.addApiKey('PageKey', {
      apiKeyName: physicalName('page-key', name),
      description: 'Added by CloudFront to the calls of the pages',
      value: pageKey(apiStack),
    }),
  );
}
