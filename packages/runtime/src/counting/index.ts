/** Reading what model functions count: their log lines, without a payload. */
export { type CountSum, createSum } from './sum-counts.ts';
