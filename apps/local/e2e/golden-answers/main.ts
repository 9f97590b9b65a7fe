/** Writes the answers of today into `fixtures/answers.json`: `node apps/local/e2e/golden-answers/main.ts`. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fixedService } from '../fixed-service.ts';
import { startServingCloud } from '../test-cloud.ts';
import { answersOf } from './ask.ts';
import { questions } from './questions.ts';

const cloud = await startServingCloud(undefined, fixedService);
try {
  const answers = Object.entries(await answersOf(cloud.url, await questions()));
  const lines = answers.map(
    ([name, answer]) => `${JSON.stringify(name)}: ${JSON.stringify(answer)}`,
  );
  await writeFile(
    join(import.meta.dirname, 'fixtures/answers.json'),
    `{\n${lines.join(',\n')}\n}\n`,
  );
} finally {
  await cloud.remove();
}
