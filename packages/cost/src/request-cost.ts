import { prices } from './prices.ts';

/** A processor that Lambda and Fargate have a price for. */
export type Architecture = 'x64' | 'arm64';

/** One invocation of a function. */
export interface Invocation {
  /** The duration that Lambda bills: handler and, at a cold start, initialisation; in milliseconds. */
  readonly durationMs: number;
  readonly memoryMb: number;
  /** @default 'arm64', as a deployment */
  readonly architecture?: Architecture;
}

/** The invocations and the workflow of one request. */
export interface RequestProfile {
  readonly invocations: readonly Invocation[];
  /** The Express workflow that asked them, if there was one. */
  readonly workflow?: {
    readonly durationMs: number;
    /** Memory it is billed for. @default 64, which takes payloads of this service */
    readonly memoryMb?: number;
  };
  /** Sizes of the items that it wrote into tables, in bytes. @default none */
  readonly written?: readonly number[];
  /** Whether it came through the REST API. @default true */
  readonly throughApi?: boolean;
}

/** Lambda's share, in dollars: whole milliseconds, begun ones included, and one request. */
export function invocationCost({
  durationMs,
  memoryMb,
  architecture = 'arm64',
}: Invocation): number {
  const seconds = Math.ceil(durationMs) / 1000;
  const { gbSecond, request } = prices.lambda;
  return (memoryMb / 1024) * seconds * gbSecond[architecture] + request;
}

/** Step Functions' share, in dollars: begun steps of 100 ms and of 64 MB, and one request. */
export function workflowCost(durationMs: number, memoryMb = 64): number {
  const { request, gbSecond, roundMs, roundMb } = prices.expressWorkflow;
  const seconds = (Math.ceil(durationMs / roundMs) * roundMs) / 1000;
  const gb = (Math.ceil(memoryMb / roundMb) * roundMb) / 1024;
  return gb * seconds * gbSecond + request;
}

/** DynamoDB's share of one item that is written, in dollars: begun KBs, at least one. */
export function writeCost(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1024)) * prices.dynamodb.writeUnit;
}

/**
 * Returns the cost of one request, in US dollars at the prices of {@link prices}: API Gateway, the workflow, each
 * invocation and each item that is written. An estimate: durations are those that are known before the bill, logs and transfer are left out.
 */
export function requestCost({
  invocations,
  workflow,
  written = [],
  throughApi = true,
}: RequestProfile): number {
  return (
    (throughApi ? prices.restApi.request : 0) +
    (workflow === undefined ? 0 : workflowCost(workflow.durationMs, workflow.memoryMb)) +
    invocations.reduce((sum, invocation) => sum + invocationCost(invocation), 0) +
    written.reduce((sum, bytes) => sum + writeCost(bytes), 0)
  );
}
