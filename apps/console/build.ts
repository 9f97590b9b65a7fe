/** Builds the console's page into `dist`, if it is missing or older than what it is made of; with `--again` in any case. */
import { bundlePage } from '@chorus/pages/bundle';

await bundlePage({
  folder: import.meta.dirname,
  entries: { page: 'index.html' },
  again: process.argv.includes('--again'),
});
