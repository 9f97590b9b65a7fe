import { splitFile, usualHoldOut } from '@chorus/data';
import { columns, target } from './write-rows.ts';

/** A file's way to rows to train on and rows to judge by, in a process of its own: prints a line of JSON. */

const [file = '', train = '', test = ''] = process.argv.slice(2);

const ruleOf = (name: string) => ({ name, kind: 'number' as const });
const rules = {
  columns: columns.map(ruleOf),
  target: ruleOf(target),
  rows: { minimum: 1, maximum: Number.POSITIVE_INFINITY },
  bytes: { maximum: Number.POSITIVE_INFINITY },
};
const started = performance.now();
await splitFile(file, 'csv', rules, usualHoldOut, { train, test });
const seconds = (performance.now() - started) / 1000;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const cpu = (userCPUTime + systemCPUTime) / 1e6;
process.stdout.write(`${JSON.stringify({ seconds, cpu, peakMb: maxRSS / 1024 })}\n`);
