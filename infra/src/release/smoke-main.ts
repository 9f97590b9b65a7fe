import { blueprint } from '@chorus/service';
import { processVariables, readService } from '../env.ts';
import { smokeTest } from './ask-service.ts';

// `pnpm --filter infra run smoke-test`, with CHORUS_API_URL and CHORUS_API_KEY.
const service = readService(processVariables());
await smokeTest(service, blueprint);
process.stdout.write(`${service.url} answers\n`);
