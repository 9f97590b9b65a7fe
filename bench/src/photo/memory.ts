/** Classifies the photo of the first argument again and again, and prints the most memory the process had, in MB. */
import { readFile } from 'node:fs/promises';
import { askAbout, openClassifier } from './classifier.ts';

const ask = askAbout(await readFile(process.argv[2] ?? ''), await openClassifier());
for (let times = 0; times < 100; times += 1) await ask();
console.log(Math.round(process.resourceUsage().maxRSS / 1024));
