import type { Browser, Page } from 'playwright-core';

/** Opens the page in a profile of its own, ready for photos. */
export async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url);
  await page.getByRole('button', { name: 'Choose photos' }).waitFor();
  return page;
}

/** Gives the page a photo to drop, so that its way into the browser is not measured. */
export async function givePhoto(page: Page, photo: Uint8Array): Promise<void> {
  await page.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    Object.assign(globalThis, { photo: new Blob([bytes], { type: 'image/jpeg' }) });
  }, Buffer.from(photo).toString('base64'));
}

/** Drops the photo under another name. @returns milliseconds until its answer is on the page */
export function timeOfDrop(page: Page, name: string): Promise<number> {
  return page.evaluate(async (called) => {
    const { photo } = globalThis as unknown as { readonly photo: Blob };
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([photo], called, { type: photo.type }));
    const count = (): number => document.querySelectorAll('.card.answered').length;
    const before = count();
    const answered = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (count() === before) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const started = performance.now();
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
    await answered;
    return performance.now() - started;
  }, name);
}
