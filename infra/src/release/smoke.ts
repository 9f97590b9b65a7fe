import { checkGuarded, smokeTest } from './ask-service.ts';
import { output, type Run } from './release-run.ts';

/** How often a new API is asked before its failure counts: what was just deployed is not everywhere at once. */
const settling = { attempts: 4, pauseMs: 5000 };

/** Asks the deployed API as a caller would. @throws {SmokeTestError} saying what was asked and answered */
export async function smokeApi(run: Run): Promise<string> {
  const { tools, blueprint, spec, signal } = run;
  const { access = 'api-key' } = spec;
  const url = await output(run, 'Serving', 'ApiUrl');
  const key =
    access === 'api-key' ? await tools.apiKey(await output(run, 'Serving', 'KeyId')) : undefined;
  const send = (request: Request) => tools.fetch(request, access === 'iam');
  const service = { url, key, send };
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (access === 'jwt') await checkGuarded(service);
      else await smokeTest(service, blueprint);
      return url;
    } catch (error) {
      if (attempt === settling.attempts) throw error;
      await tools.pause(settling.pauseMs, signal);
    }
  }
}
