export { isRunning } from './is-running.ts';
export { killAfterWrites } from './kill-after-writes.ts';
