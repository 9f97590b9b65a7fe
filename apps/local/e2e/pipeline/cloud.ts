/**
 * A local cloud of a service with pipelines, as a process that can be killed: `fork(cloud.ts, [folder, service])`. It sends its
 * address and its credentials once it serves.
 */
import { flushCompileCache } from 'node:module';
import { openFolder, processes, startCloud } from '../../src/index.ts';
import { compileCache, root } from '../test-cloud.ts';
import { pipelineService } from './pipeline-service.ts';
import { promotingService } from './promoting-service.ts';

const [directory = '', service = ''] = process.argv.slice(2);
const cloud = await startCloud({
  blueprint: service === 'promoting' ? promotingService : pipelineService,
  folder: await openFolder(directory),
  port: 0,
  host: processes({ root, path: '', compileCache }),
});
process.send?.({ url: cloud.url, credentials: cloud.credentials });
// One that is killed leaves nothing for the next one otherwise.
flushCompileCache();
