/** Runs the load from a terminal: `node apps/local/e2e/asynchronous-load/main.ts [count] [seed] [whole|fan-out]`. */
import { runLoad } from './run-load.ts';

const [count = '10000', seed = '1', wanted = 'whole'] = process.argv.slice(2);
const way = wanted === 'fan-out' ? wanted : 'whole';
const started = performance.now();
const report = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s ${line}`);
report(`${count} requests, seed ${seed}, ${way}`);
const { first, replayed } = await runLoad({ count: Number(count), seed, way, report });
console.table({ 'before replay': first, 'after replay': replayed });
const isRight =
  first.once === first.accepted &&
  first.letters === first.failed &&
  replayed.done === replayed.accepted &&
  replayed.letters === 0 &&
  replayed.once === replayed.accepted;
report(isRight ? 'every request ended exactly once' : 'SOME REQUEST DID NOT END EXACTLY ONCE');
process.exitCode = isRight ? 0 : 1;
