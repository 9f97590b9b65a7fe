import { join } from 'node:path';
import type { Blueprint } from '@chorus/blueprint';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { openBrowser, openConsolePage } from './browser.ts';
import {
  chorus,
  makeFolder,
  type RunningConsole,
  type Service,
  served,
  startConsole,
  startService,
} from './service.ts';

/** A local cloud in a folder of its own, its console, and a browser. */
export interface Opened {
  /** Folder for files; the cloud's is in it. */
  readonly folder: string;
  readonly service: Service;
  readonly running: RunningConsole;
  readonly browser: Browser;
  /** Opens the console in a profile of its own. */
  open(options?: BrowserContextOptions): Promise<Page>;
  /** Runs a command line with this cloud, and returns what it printed. @throws {Error} with what it said, if it failed */
  chorus(...argv: readonly string[]): Promise<string>;
  /** Starts the cloud again, in its folder and on its port, after it was stopped. */
  startAgain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a local cloud, its console and a browser.
 *
 * @param prepare done with the cloud before the console is there
 */
export async function openAll(
  of: Blueprint = served(),
  prepare: (service: Service) => Promise<void> = async () => {},
): Promise<Opened> {
  const folder = await makeFolder();
  const directory = join(folder.path, 'cloud');
  let service = await startService(directory, 0, of);
  await prepare(service);
  const running = await startConsole(service);
  const browser = await openBrowser();
  return {
    folder: folder.path,
    get service() {
      return service;
    },
    running,
    browser,
    open: (options) => openConsolePage(browser, running, options),
    chorus: (...argv) => chorus(service, argv),
    async startAgain() {
      service = await startService(directory, Number(new URL(service.url).port), of);
    },
    async close() {
      await browser.close();
      await running.stop();
      await service.stop();
      await folder.remove();
    },
  };
}
