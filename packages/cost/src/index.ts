export { type AskedFunctions, askedFunctions } from './asked-functions.ts';
export { atRest, type ProvisionedEnvironments, type RestingParts } from './at-rest.ts';
export { callsPerMonth } from './calls-per-month.ts';
export { type JobRun, jobCost } from './job-cost.ts';
export {
  type Bill,
  type BillLine,
  breakEvenRequests,
  containerBill,
  type FunctionSize,
  hoursPerMonth,
  serverlessBill,
  type Traffic,
  tracedShare,
} from './monthly-bill.ts';
export { prices } from './prices.ts';
export {
  type Architecture,
  type Invocation,
  invocationCost,
  type RequestProfile,
  requestCost,
  workflowCost,
} from './request-cost.ts';
