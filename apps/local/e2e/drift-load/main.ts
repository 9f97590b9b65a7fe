/** Runs the load from a terminal: `node apps/local/e2e/drift-load/main.ts [count] [kills] [seed]`. */
import { binsOfKinds, runLoad } from './run-load.ts';

const [count = '20000', kills = '5%', seed = '1'] = process.argv.slice(2);
const started = performance.now();
const report = (line: string) =>
  console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s ${line}`);
report(`${count} requests, ${kills} killed, seed ${seed}`);
const { answered, killed, counted, again } = await runLoad({
  count: Number(count),
  kills,
  seed: Number(seed),
  report,
});
const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
const bins = binsOfKinds(counted);
console.table({ answered, killed, counted: bins });
const isRight =
  JSON.stringify(counted) === JSON.stringify(again) &&
  bins.length === answered.length &&
  bins.every((bin, kind) => {
    const least = answered[kind] ?? 0;
    return bin >= least && bin <= least + (killed[kind] ?? 0);
  });
report(
  `${sum(answered)} answered, ${sum(killed)} killed, ${counted.rows} counted: ${isRight ? 'off by no more than what was killed' : 'OFF BY MORE THAN WHAT WAS KILLED'}`,
);
process.exitCode = isRight ? 0 : 1;
