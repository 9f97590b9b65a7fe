/**
 * The local cloud of a load run, as a process that can be killed: `fork(cloud.ts, [folder, seed, mended, way])`. It sends its
 * address once it serves.
 */
import { flushCompileCache } from 'node:module';
import { openFolder, processes, startCloud } from '../../src/index.ts';
import { asynchronousService } from '../asynchronous-service.ts';
import { makeModelsLive } from '../live-version.ts';
import { compileCache, root } from '../test-cloud.ts';

const [directory = '', seed = '', mended = '', way = ''] = process.argv.slice(2);
const host = processes({ root, path: '', compileCache });

const blueprint = asynchronousService({
  fanOut: way === 'fan-out',
  concurrency: 4,
  isKilled: true,
  patienceSeconds: 12,
});
const cloud = await startCloud({
  blueprint,
  folder: await openFolder(directory),
  port: 0,
  host: {
    ...host,
    program(source, start) {
      const program = host.program(source, start);
      const chaos = { CHAOS_SEED: seed, CHAOS_MENDED: mended };
      return { ...program, environment: { ...program.environment, ...chaos } };
    },
  },
});
await makeModelsLive(cloud, blueprint);
process.send?.(cloud.url);
// One that is killed leaves nothing for the next one otherwise.
flushCompileCache();
