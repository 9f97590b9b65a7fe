import type { Browser } from 'playwright-core';

/** What a first visit costs. */
export interface FirstVisit {
  /** Bytes of code and styles, compressed. */
  readonly codeBytes: number;
  /** Bytes of everything, with headers. */
  readonly allBytes: number;
  /** Milliseconds until something is painted, and until the title is. */
  readonly firstPaintMs: number;
  readonly openMs: number;
}

/** A phone on a slow connection: 1.6 Mbit/s, 150 ms there and back, a quarter of this processor. */
const slowPhone = { bitsPerSecond: 1_600_000, latencyMs: 150, slowdown: 4 };

/** Opens the page for the first time, as a slow phone does. */
export async function visit(browser: Browser, url: string): Promise<FirstVisit> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const { bitsPerSecond, latencyMs, slowdown } = slowPhone;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bitsPerSecond / 8,
    uploadThroughput: bitsPerSecond / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(url);
  await page.getByRole('button', { name: 'Choose photos' }).waitFor();
  const visited = await page.evaluate(() => {
    const timings = ['navigation', 'resource'].flatMap(
      (type) => performance.getEntriesByType(type) as PerformanceResourceTiming[],
    );
    const sum = (of: readonly number[]): number => of.reduce((total, each) => total + each, 0);
    const code = timings.filter(({ name }) => /\.(?:js|css)$/.test(name));
    const paints = performance.getEntriesByName('first-contentful-paint');
    return {
      codeBytes: sum(code.map(({ encodedBodySize }) => encodedBodySize)),
      allBytes: sum(timings.map(({ transferSize }) => transferSize)),
      firstPaintMs: paints[0]?.startTime ?? Number.NaN,
      openMs: performance.now(),
    };
  });
  await context.close();
  return visited;
}
