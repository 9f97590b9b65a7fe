/**
 * Prints what the steps of a sequence cost beside what their functions do: `node apps/local/e2e/sequence-figures/main.ts
 * [requests]`. A step is a state that asks a function and the ones that pass on its answer.
 */

import { readFile } from 'node:fs/promises';
import { Agent, request as send } from 'node:http';
import { join } from 'node:path';
import { narrow, physicalName } from '@chorus/blueprint';
import { blueprint } from '@chorus/service';
import { startServingCloud } from '../test-cloud.ts';

const name = 'review';
const requests = Number(process.argv[2] ?? 1000);
const warmUp = 200;
const service = narrow(blueprint, { workflows: [name] });
const [workflow] = service.workflows;
if (workflow === undefined) throw new TypeError(`the service has no workflow ${name}`);
const functions = workflow.functions.map((each) => each.name);
const cloud = await startServingCloud(undefined, service);
const agent = new Agent({ keepAlive: true });
const body = JSON.stringify(workflow.example);

/** Asks once. @returns how long it took, in milliseconds */
function ask(): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = { method: 'POST', headers, agent };
    const sent = send(`${cloud.url}/predict/${name}`, options, async (response) => {
      await response.toArray();
      if (response.statusCode !== 200) reject(new Error(`answered ${response.statusCode}`));
      resolve(performance.now() - started);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** Reads how long a function's last events took in its handler, in milliseconds, in their order; none if it was never asked. */
async function durationsOf(each: string): Promise<readonly number[]> {
  const file = join(cloud.directory, 'logs', `${physicalName(each)}.log`);
  const log = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'invocation')
    .map(({ durationMs }) => Number(durationMs))
    .slice(-requests);
}

function quantile(all: readonly number[], share: number): number {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

function print(what: string, all: readonly number[]): void {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(all, share).toFixed(2));
  console.log(`${what.padEnd(52)} p50 ${p50} ms  p99 ${p99} ms  n ${all.length}`);
}

try {
  for (let count = 0; count < warmUp; count += 1) await ask();
  const took: number[] = [];
  const before = process.cpuUsage();
  for (let count = 0; count < requests; count += 1) took.push(await ask());
  const { user, system } = process.cpuUsage(before);
  // A fallback is not asked where its small model is sure, or its weights are not there.
  const asked: (readonly [string, readonly number[]])[] = [];
  for (const each of functions) {
    const durations = await durationsOf(each);
    if (durations.length > 0) asked.push([each, durations]);
  }
  print(`${name}, a request`, took);
  for (const [each, durations] of asked) print(`  the handler of ${each}`, durations);
  const beyond = took.map(
    (all, index) => all - asked.reduce((sum, [, each]) => sum + (each[index] ?? 0), 0),
  );
  print('  beyond the handlers', beyond);
  print(
    `  for each of ${asked.length} steps, with its share of HTTP`,
    beyond.map((all) => all / asked.length),
  );
  const cpuMs = (user + system) / 1000 / requests;
  console.log(`CPU of the cloud and its caller, a request: ${cpuMs.toFixed(2)} ms`);
} finally {
  agent.destroy();
  await cloud.remove();
}
