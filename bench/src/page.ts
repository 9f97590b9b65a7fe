import { access } from 'node:fs/promises';
import { type Browser, chromium } from 'playwright-core';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { chromiumPath } from './env.ts';
import { MeasurementError } from './errors.ts';
import { median, quantile } from './measure/quantile.ts';
import { givePhoto, openPage, timeOfDrop } from './page/drop.ts';
import { type FirstVisit, visit } from './page/first-visit.ts';
import { cameraPhoto } from './photo/camera-photo.ts';
import type { Section } from './report/section.ts';
import { startLocalCloud } from './serve/server.ts';

const title = 'The photo page in Chromium';

async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  await access(executablePath).catch((cause: unknown) => {
    throw new MeasurementError(
      `there is no ${executablePath}: apt-get install chromium, or CHORUS_CHROMIUM=<its path>`,
      { cause },
    );
  });
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

async function measureDrops(
  browser: Browser,
  url: string,
  photo: Uint8Array,
  rounds: number,
  progress: BenchContext['progress'],
): Promise<readonly number[]> {
  const page = await openPage(browser, url);
  await givePhoto(page, photo);
  const times: number[] = [];
  for (let round = -2; round < rounds; round += 1) {
    progress(`page: photo ${Math.max(round + 1, 0)} of ${rounds}`);
    const time = await timeOfDrop(page, `${round}.jpg`);
    // The first ones start the functions.
    if (round >= 0) times.push(time);
  }
  await page.context().close();
  return times;
}

async function run({ quick, directory, progress }: BenchContext): Promise<Section> {
  const browser = await openBrowser();
  progress('page: starting the local cloud');
  const cloud = await startLocalCloud(directory);
  try {
    const photo = await cameraPhoto();
    const rounds = quick ? 5 : 40;
    const drops = await measureDrops(browser, cloud.url, photo, rounds, progress);
    const visits: FirstVisit[] = [];
    for (let round = 0; round < (quick ? 3 : 9); round += 1) {
      progress(`page: first visit ${round + 1}`);
      visits.push(await visit(browser, cloud.url));
    }
    const row = (what: string, of: (visited: FirstVisit) => number, unit: string) => [
      what,
      median(visits.map(of)),
      quantile(visits.map(of), 0.95),
      unit,
    ];
    const codeKb = median(visits.map(({ codeBytes }) => codeBytes)) / 1000;
    return {
      title,
      method: `Headless Chromium on the machine that also runs the local cloud. A JPEG of 12 megapixels (${(photo.byteLength / 1e6).toFixed(1)} MB) is dropped ${rounds} times, one after the other: the page reads it, makes it small, sends it and shows the answer. First visits are those of a slow phone: 1.6 Mbit/s, 150 ms, a quarter of the processor, nothing cached.`,
      table: {
        columns: ['what', 'p50', 'p95', 'unit'],
        rows: [
          ['from drop to answer', median(drops), quantile(drops, 0.95), 'ms'],
          row('first visit: first paint', ({ firstPaintMs }) => firstPaintMs, 'ms'),
          row('first visit: ready for photos', ({ openMs }) => openMs, 'ms'),
          row('first visit: all bytes', ({ allBytes }) => allBytes / 1000, 'kB'),
        ],
      },
      targets: [
        {
          what: 'code and styles of the page, compressed, kB',
          measured: codeKb,
          bound: 'at most',
          limit: 60,
        },
      ],
      notes: [
        'The HEIC decoder (0.5 MB compressed) and the map (17 kB) are loaded when they are wanted.',
      ],
    };
  } finally {
    await browser.close();
    await cloud.stop();
  }
}

/** How fast the page answers, and how fast it is there. */
export const page: Benchmark = { name: 'page', title, onlyWhenNamed: true, run };
