import { appendFileSync } from 'node:fs';
import { answeredOnce } from '@chorus/runtime/answered-once';
import { runBootstrap } from '@chorus/runtime/bootstrap';
import { createJsonHandler } from '@chorus/runtime/json-function';

/** A function behind a route, which writes a byte for each call, and answers after a while. */
await runBootstrap(() =>
  answeredOnce(
    createJsonHandler({
      expects: 'send {"file":"…","milliseconds":0}',
      async answer({ file, milliseconds }, { requestId }) {
        appendFileSync(String(file), '.');
        await new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
        return { status: 200, value: { requestId } };
      },
    }),
  ),
);
