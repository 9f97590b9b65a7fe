import {
  type Browser,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core';
import { chromiumPath } from './env.ts';

/** Opens the browser. As root it runs without its sandbox, which needs another user. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    chromiumSandbox: process.getuid?.() !== 0,
  });
}

/** Waits until photos can be added. */
export async function untilOpen(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose photos' }).waitFor();
}

/** Opens a page in a profile of its own, and waits until photos can be added. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  // As long as a busy machine may take.
  page.setDefaultTimeout(120_000);
  await page.goto(url);
  await untilOpen(page);
  return page;
}

/** A file as it is dropped. */
export interface Dropped {
  readonly name: string;
  readonly type?: string;
  readonly bytes: Uint8Array;
  /** How many zeros come after them. */
  readonly zeros?: number;
}

/** Drops files onto the page, as a person does who drags them in. */
export async function drop(page: Page, ...files: readonly Dropped[]): Promise<void> {
  const sent = files.map(({ name, type = 'image/jpeg', bytes, zeros = 0 }) => ({
    name,
    type,
    zeros,
    base64: Buffer.from(bytes).toString('base64'),
  }));
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const { name, type, base64, zeros } of given) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dataTransfer.items.add(
        new File([bytes, new Uint8Array(zeros)], name, { type, lastModified: 0 }),
      );
    }
    const options = { dataTransfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent('dragover', options));
    document.body.dispatchEvent(new DragEvent('drop', options));
  }, sent);
}

/** The card of a photo, by its file's name. */
export function cardOf(page: Page, name: string): Locator {
  return page.locator('.card').filter({ has: page.getByText(name, { exact: true }) });
}

/** Returns the headline of a photo once it is answered, or has failed. */
export async function headlineOf(page: Page, name: string): Promise<string> {
  return (await cardOf(page, name).getByRole('heading').textContent()) ?? '';
}

/** A connection of so many bytes a second each way; 0 is none at all. */
export async function connect(page: Page, bytesPerSecond: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: bytesPerSecond === 0,
    latency: 40,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  return session;
}
