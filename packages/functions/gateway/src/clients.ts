import type { Lambda } from './lambda.ts';
import type { ObjectStore } from './object-store.ts';
import type { StepFunctions } from './step-functions.ts';

/** The AWS services that the gateway calls. Each is loaded and connected when first asked for. */
export interface Clients {
  readonly lambda: () => Promise<Lambda>;
  readonly stepFunctions: () => Promise<StepFunctions>;
  readonly objectStore: () => Promise<ObjectStore>;
}

/** Prepares the clients; opens and loads nothing yet, so a cold start pays for one service and not for three. */
export function createClients(): Clients {
  return {
    lambda: once(async () => (await import('./lambda.ts')).connectLambda()),
    stepFunctions: once(async () => (await import('./step-functions.ts')).connectStepFunctions()),
    objectStore: once(async () => (await import('./object-store.ts')).connectObjectStore()),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
