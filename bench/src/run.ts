import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readArguments } from './arguments.ts';
import { batch } from './batch.ts';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { cold } from './cold.ts';
import { counting } from './counting.ts';
import { readSettings } from './env.ts';
import { forest } from './forest.ts';
import { images } from './images.ts';
import { describeMachine } from './machine.ts';
import { trainModels } from './models.ts';
import { page } from './page.ts';
import { openPeer } from './peer.ts';
import { photo } from './photo.ts';
import { formatSection } from './report/markdown.ts';
import { mergeResults } from './report/results-file.ts';
import { isMet } from './report/section.ts';
import { rows } from './rows.ts';
import { serve } from './serve.ts';
import { sessions } from './sessions.ts';
import { spikes } from './spike.ts';
import { warm } from './warm.ts';

/** In the order of the results. */
const benchmarks: readonly Benchmark[] = [
  cold,
  warm,
  counting,
  sessions,
  serve,
  batch,
  rows,
  forest,
  photo,
  page,
  spikes,
  images,
];
const resultsFile = resolve(import.meta.dirname, '../results.md');

/** The outputs of a run: tables (or JSON) to `out`, reports of progress to `progress`. */
export interface Output {
  readonly out: (text: string) => void;
  readonly progress: (line: string) => void;
}

async function writeResults(sections: readonly string[]): Promise<void> {
  const before = await readFile(resultsFile, 'utf8').catch(() => '');
  const titles = benchmarks.map(({ title }) => title);
  await writeFile(resultsFile, mergeResults(before, sections, titles));
}

/**
 * `pnpm bench`: runs the benchmarks named, prints what they found as they find it, and, unless it was quick, replaces
 * their sections in results.md.
 *
 * @throws {UsageError} for a command line it does not understand
 * @throws {MeasurementError} when something that was to be measured fails
 */
export async function run(argv: readonly string[], { out, progress }: Output): Promise<void> {
  const known = benchmarks.map(({ name }) => name);
  const usual = benchmarks.filter(({ onlyWhenNamed }) => !onlyWhenNamed).map(({ name }) => name);
  const { names, quick, json } = readArguments(argv, known, usual);
  const directory = await mkdtemp(join(tmpdir(), 'chorus-bench-'));
  try {
    progress('training the models');
    const models = await trainModels();
    const peer = await openPeer(readSettings().python, directory);
    const context: BenchContext = { quick, directory, progress, models, peer };
    const machine = describeMachine(new Date(), ...(peer === undefined ? [] : [peer.versions]));
    const found: object[] = [];
    const sections: string[] = [];
    for (const { name, run: measure } of benchmarks.filter((each) => names.includes(each.name))) {
      const section = await measure(context);
      progress('');
      const targets = section.targets.map((target) => ({ ...target, met: isMet(target) }));
      found.push({ name, ...section, targets });
      const text = formatSection(section, machine);
      sections.push(text);
      if (!json) out(`${text}\n`);
    }
    if (json) out(`${JSON.stringify({ machine, quick, benchmarks: found }, null, 2)}\n`);
    if (!quick) await writeResults(sections);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
