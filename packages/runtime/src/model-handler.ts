import {
  checkInputs,
  DeadlineExceededError,
  type InferRequest,
  type InferResponse,
  InvalidRequestError,
  type ModelSchema,
  ProtocolError,
  parseInferRequest,
  selectOutputs,
  traceIdOfName,
  trialParameter,
} from '@chorus/protocol';
import { type Counter, createCounter } from './counting/counter.ts';
import { isInitialisedAhead } from './env.ts';
import { fitOutputs } from './fit-outputs.ts';
import type { Handler, InvocationContext } from './handler.ts';
import type { LoadedModel } from './loaded-model.ts';
import { keepLoaded, type LoadModel, loadModel, weightsLocation } from './loader.ts';
import { isReadyEvent } from './ready-event.ts';
import { type Serving, servingOf } from './serving.ts';
import { within } from './within.ts';

/** Longest time that an invocation spends on failing attempts to load; the caller then hears so while it can act. */
const longestRetryMs = 5_000;
/** Left of the deadline to answer in. */
const reserveMs = 200;

/** The parts of a model function. */
export interface ModelHandlerOptions {
  /** Default: that of the manifest, which comes with the weights. */
  readonly schema?: ModelSchema;
  /** Default: the request's tensors are the graph's. */
  readonly serving?: Serving;
  /** Default: from S3 as MODEL_BUCKET and MODEL_KEY say, once. Called until it first succeeds. */
  readonly loadModel?: LoadModel;
  /** The version that MODEL_KEY names, to count what is refused before the weights are there. Default: that is not counted. */
  readonly version?: string;
  /** Epoch milliseconds; default: the system clock. */
  readonly clock?: () => number;
}

/** Returns the earlier of the caller's deadline (`chorus_deadline_ms`) and Lambda's, in epoch milliseconds. */
function deadlineOf(
  { parameters }: Pick<InferRequest, 'parameters'>,
  context: InvocationContext,
): number {
  const asked = parameters?.['chorus_deadline_ms'];
  if (asked === undefined) {
    return context.deadlineMs;
  }
  if (typeof asked !== 'number') {
    throw new InvalidRequestError(
      'parameter chorus_deadline_ms must be a number: epoch milliseconds',
    );
  }
  return Math.min(asked, context.deadlineMs);
}

const lateWeights = () =>
  new DeadlineExceededError('the deadline passed while the weights were loading');

/** A response, perhaps with outputs that are packed. */
type Answer = Omit<InferResponse, 'outputs'> & { readonly outputs: ReturnType<typeof fitOutputs> };

/** Whether a request only tries the model out. */
const isTrial = ({ parameters }: Pick<InferRequest, 'parameters'>): boolean =>
  parameters?.[trialParameter] === true;

/** Whether a request was refused for what is in it. */
const isRefusal = ({ status }: ProtocolError): boolean => status < 500 || status === 501;

/** The parameters of an event that cannot be parsed yet; what is wrong with them is said when it is. */
function parametersOf(event: unknown): Pick<InferRequest, 'parameters'> {
  const parameters = asRecord(asRecord(event)['parameters']);
  return { parameters: parameters as NonNullable<InferRequest['parameters']> };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/**
 * Turns a model's schema into a function that answers Open Inference Protocol requests: parse, check, deadline,
 * prediction, response. What it throws is a ProtocolError of the request (4xx), `DeadlineExceededError`, or
 * `ModelLoadError`; after the last the next invocation loads again.
 */
export function createModelHandler(options: ModelHandlerOptions): Handler {
  const { serving = servingOf(options.schema) } = options;
  const clock = options.clock ?? Date.now;
  const load =
    options.loadModel ??
    keepLoaded((until) => loadModel(options.schema, weightsLocation(), until, serving));
  let loaded: LoadedModel | undefined;
  let counter: Counter | undefined;
  /** Nothing waits for the initialisation of an environment that is there before its first event. */
  let answered = isInitialisedAhead();

  /** The model, loaded now if it has to be. */
  async function ready(deadlineMs: number): Promise<LoadedModel> {
    const now = clock();
    const retryUntil = Math.min(now + longestRetryMs, deadlineMs - reserveMs);
    // A load that takes longer goes on, for the next invocation.
    loaded = await within(deadlineMs - now, load(retryUntil), lateWeights);
    return loaded;
  }

  /** @throws DeadlineExceededError when there is no time left */
  function checkTime(deadlineMs: number): void {
    if (clock() >= deadlineMs) {
      throw new DeadlineExceededError('the deadline passed before the model ran');
    }
  }

  /** The schema to read the event by: without one of the package, that of the weights, so those are loaded first. */
  async function schemaFor(event: unknown, context: InvocationContext): Promise<ModelSchema> {
    if (options.schema !== undefined) {
      return options.schema;
    }
    if (loaded !== undefined) {
      return loaded.manifest.schema;
    }
    const deadlineMs = deadlineOf(parametersOf(event), context);
    checkTime(deadlineMs);
    const { manifest } = await ready(deadlineMs);
    return manifest.schema;
  }

  /** Whether this is the first answer of this process; notes it and the version for the log. */
  function noteAnswer(model: LoadedModel, context: InvocationContext): boolean {
    const cold = !answered;
    answered = true;
    context.notes['cold'] = cold;
    context.notes['model_version'] = model.version;
    return cold;
  }

  /** Notes that a request was refused for what is in it. */
  function countRefusal(error: unknown, context: InvocationContext): void {
    const version = loaded?.version ?? options.version;
    if (version === undefined || !(error instanceof ProtocolError) || !isRefusal(error)) return;
    context.notes['model_version'] = version;
    context.count = () => ({ refused: 1 });
  }

  /** Answers a request. */
  async function predict(event: unknown, context: InvocationContext): Promise<Answer> {
    const started = performance.now();
    const schema = await schemaFor(event, context);
    const request = parseInferRequest(event, schema);
    checkInputs(request, schema);
    const traceId = traceIdOfName(request.id ?? '');
    if (traceId !== undefined) context.notes['traceId'] = traceId;
    const deadlineMs = deadlineOf(request, context);
    checkTime(deadlineMs);
    const checkDeadline = () => {
      if (clock() >= deadlineMs) {
        throw new DeadlineExceededError('the deadline passed before all of the request was done');
      }
    };
    const model = loaded ?? (await ready(deadlineMs));
    const { inputs } = request;
    const tensors = await serving.predict(model, { schema, inputs, deadlineMs, checkDeadline });
    const outputs = fitOutputs(selectOutputs(request, tensors));
    const cold = noteAnswer(model, context);
    if (!isTrial(request)) {
      context.count = () => {
        counter ??= createCounter(model.manifest);
        return { ...counter(inputs, tensors) };
      };
    }
    return {
      model_name: schema.name,
      model_version: model.version,
      id: request.id ?? context.requestId,
      parameters: {
        chorus_cold_start: cold,
        chorus_duration_ms: Math.round((performance.now() - started) * 1000) / 1000,
      },
      outputs,
    };
  }

  return async (event, context) => {
    if (isReadyEvent(event)) {
      const model = loaded ?? (await ready(context.deadlineMs));
      const cold = noteAnswer(model, context);
      return {
        ready: true,
        model_name: model.manifest.name,
        model_version: model.version,
        chorus_cold_start: cold,
      };
    }
    try {
      return await predict(event, context);
    } catch (error) {
      if (!isTrial(parametersOf(event))) countRefusal(error, context);
      throw error;
    }
  };
}
