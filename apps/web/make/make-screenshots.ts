/** Makes the README's screenshots, `docs/page-light.png` and `docs/page-dark.png`: `node apps/web/make/make-screenshots.ts`. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { cardOf, drop, headlineOf, openBrowser, openPage } from '../e2e/browser.ts';
import { startPhotoService } from '../e2e/photo-service.ts';
import { smallPhoto } from '../e2e/photos.ts';

const service = await startPhotoService();
const browser = await openBrowser();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await openPage(browser, service.url, {
      colorScheme,
      viewport: { width: 920, height: 1000 },
    });
    for (const name of ['none-coffee.jpg', 'giraffe-pair.jpg']) {
      await drop(page, await smallPhoto(name, name.replace('none-', '')));
      await headlineOf(page, name.replace('none-', ''));
    }
    const giraffes = cardOf(page, 'giraffe-pair.jpg');
    await giraffes.getByRole('button', { name: 'Say where' }).click();
    await page.getByLabel('Or by country').selectOption('KE');
    await page.getByRole('button', { name: 'Use this place' }).click();
    await page.getByText('giraffes live in Kenya').waitFor();
    await page.mouse.move(0, 0);
    await page.locator(':focus').evaluate((focused: HTMLElement) => focused.blur());
    const file = join(import.meta.dirname, `../../../docs/page-${colorScheme}.png`);
    const picture = sharp(await page.screenshot({ fullPage: true }));
    await picture.png({ palette: true, compressionLevel: 9, effort: 10 }).toFile(file);
    console.log(`${file}: ${(await stat(file)).size} bytes`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await service.remove();
}
