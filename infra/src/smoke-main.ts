import { blueprint } from '@chorus/service';
import { smokeTest } from './ask-service.ts';
import { processVariables, readService } from './env.ts';

// `pnpm --filter infra run smoke-test`, with CHORUS_API_URL and CHORUS_API_KEY.
const service = readService(processVariables());
await smokeTest(service, blueprint);
process.stdout.write(`${service.url} answers\n`);
