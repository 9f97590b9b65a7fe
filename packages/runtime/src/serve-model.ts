import type { ModelSchema } from '@chorus/protocol';
import { runBootstrap } from './bootstrap.ts';
import { describeError } from './describe-error.ts';
import { keepLoaded, type LoadModel, loadModel, weightsLocation } from './loader.ts';
import { log } from './log.ts';
import { createModelHandler } from './model-handler.ts';
import { answersMessages } from './questions/answers-messages.ts';
import { type Serving, servingOf } from './serving.ts';

/** How long the init phase repeats failing attempts to load. */
const initRetryMs = 1_000;
/** How long the init phase waits for weights: Lambda kills one of 10 s. The load goes on behind it. */
const initWaitMs = 8_000;

/** Loads during init, so that provisioned environments are warm; a failure is left to the invocations. */
async function loadEarly(load: LoadModel): Promise<void> {
  const loading = load(Date.now() + initRetryMs).then(
    () => {},
    (error: unknown) => {
      const { errorType, errorMessage } = describeError(error);
      log('warn', 'weights not loaded at init', { error: errorType, reason: errorMessage });
    },
  );
  await Promise.race([loading, new Promise((resolve) => setTimeout(resolve, initWaitMs).unref())]);
}

/**
 * Runs a model's function; a model package's `main.ts` does nothing else. Without a schema it serves any model, as the
 * manifest beside its weights says. An incomplete environment fails the init phase. An S3 that fails does not: each invocation tries again, and fails with ModelLoadError until the
 * weights are there. A snapshot waits for the weights: a version without them cannot be published.
 */
export function serveModel(
  schema?: ModelSchema,
  serving: Serving = servingOf(schema),
): Promise<never> {
  const load = keepLoaded((until) => loadModel(schema, weightsLocation(), until, serving));
  const init = async () => {
    // Said before anything is loaded, because only a new configuration cures it.
    const { name, version } = weightsLocation();
    await loadEarly(load);
    const handler = createModelHandler({
      ...(schema && { schema }),
      serving,
      loadModel: load,
      version,
    });
    return answersMessages(name, handler);
  };
  const beforeSnapshot = async () => {
    await load(Date.now() + initRetryMs);
  };
  return runBootstrap(init, { beforeSnapshot });
}
