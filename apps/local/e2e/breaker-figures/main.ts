/** Prints what a breaker costs and saves: `node apps/local/e2e/breaker-figures/main.ts [requests]`. */

import { Agent, request as send } from 'node:http';
import { breakerService, failures } from '../breaker-service.ts';
import { startTestCloud } from '../test-cloud.ts';

const openSeconds = 5;
const requests = Number(process.argv[2] ?? 2000);
const cloud = await startTestCloud(breakerService(openSeconds));
const agent = new Agent({ keepAlive: true });

/** What was measured of one workflow while nothing fails. */
interface Block {
  readonly took: number[];
  readonly cpuMs: number[];
}
const emptyBlock = (): Block => ({ took: [], cpuMs: [] });

/** One answer, and how long it took in milliseconds. */
interface Timed {
  readonly ms: number;
  readonly failed: string | undefined;
}

function ask(name: string, order: object): Promise<Timed> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = { method: 'POST', headers, agent };
    const sent = send(`${cloud.url}/predict/${name}`, options, async (response) => {
      const chunks = await response.toArray();
      const ms = performance.now() - started;
      const { failed } = JSON.parse(Buffer.concat(chunks).toString());
      resolve({ ms, failed: failed?.told?.error });
    });
    sent.once('error', reject);
    sent.end(JSON.stringify({ text: JSON.stringify(order) }));
  });
}

function quantile(all: readonly number[], share: number): string {
  const sorted = all.toSorted((a, b) => a - b);
  return `${(sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2)} ms`;
}

function print(what: string, all: readonly number[]): void {
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => quantile(all, share));
  console.log(`${what.padEnd(46)} p50 ${p50}  p99 ${p99}  longest ${most}  n ${all.length}`);
}

try {
  const well = { do: 'pid' };
  const blocks = { plain: emptyBlock(), guarded: emptyBlock() };
  for (let count = 0; count < 200; count += 1)
    for (const name of Object.keys(blocks)) await ask(name, well);
  // In turns, so that what else the machine does meets both.
  for (let count = 0; count < requests; count += 20)
    for (const [name, block] of Object.entries(blocks)) {
      const before = process.cpuUsage();
      for (let each = 0; each < 20; each += 1) block.took.push((await ask(name, well)).ms);
      const { user, system } = process.cpuUsage(before);
      block.cpuMs.push((user + system) / 1000 / 20);
    }
  for (const [name, { took, cpuMs }] of Object.entries(blocks)) {
    print(`three functions that are well, ${name}`, took);
    console.log(
      `${''.padEnd(46)} CPU of the cloud and its caller, a request: ${quantile(cpuMs, 0.5)}`,
    );
  }

  const dead = { do: 'exit' };
  const before: number[] = [];
  for (let count = 0; count < failures; count += 1) before.push((await ask('guarded', dead)).ms);
  const opened = performance.now();
  const open: number[] = [];
  let closing: Timed;
  for (;;) {
    closing = await ask('guarded', well);
    if (closing.failed === undefined) break;
    open.push(closing.ms);
  }
  const closed = performance.now();
  print('one crashes, until its breaker opens', before);
  print('one is dead, after it has opened', open);
  console.log(
    `closed by itself after ${((closed - opened) / 1000).toFixed(2)} s (set: ${openSeconds} s); that request took ${closing.ms.toFixed(1)} ms`,
  );
} finally {
  agent.destroy();
  await cloud.remove();
}
