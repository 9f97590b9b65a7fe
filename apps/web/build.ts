/** Builds the page into `dist`, if it is missing or older than what it is made of; with `--again` in any case. */
import { bundlePage } from '@chorus/pages/bundle';

await bundlePage({
  folder: import.meta.dirname,
  entries: { page: 'index.html', sw: 'src/worker/service-worker.ts' },
  again: process.argv.includes('--again'),
});
