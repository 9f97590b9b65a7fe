/** The only file of this package that touches `process.env`: what Lambda and the deployment tell a function. */

/** A variable's value; unset and empty mean the same. */
function read(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The function and version of this process, for logs and answers. */
export interface FunctionIdentity {
  readonly name: string;
  readonly version: string;
}

/** Reads AWS_LAMBDA_FUNCTION_NAME and AWS_LAMBDA_FUNCTION_VERSION. */
export function functionIdentity(): FunctionIdentity {
  return {
    name: read('AWS_LAMBDA_FUNCTION_NAME') ?? 'unnamed',
    version: read('AWS_LAMBDA_FUNCTION_VERSION') ?? '$LATEST',
  };
}

/** Host (and perhaps a path prefix) of the Lambda Runtime API, without a scheme. */
export function runtimeApi(): string | undefined {
  return read('AWS_LAMBDA_RUNTIME_API');
}

/** True while Lambda prepares a snapshot of this process rather than to serve at once. */
export function isSnapStart(): boolean {
  return read('AWS_LAMBDA_INITIALIZATION_TYPE') === 'snap-start';
}

/** True in an environment that Lambda has initialised before there was an event for it (provisioned concurrency). */
export function isInitialisedAhead(): boolean {
  return read('AWS_LAMBDA_INITIALIZATION_TYPE') === 'provisioned-concurrency';
}

/** Reads ALLOWED_ORIGINS: those whose web pages may read answers, with spaces between them. */
export function allowedOrigins(): readonly string[] {
  return (read('ALLOWED_ORIGINS') ?? '').split(' ').filter((each) => each !== '');
}

/** REQUESTS_TABLE: where answers to requests with an Idempotency-Key are kept. */
export function requestsTable(): string | undefined {
  return read('REQUESTS_TABLE');
}

/** The part of a variable's name that names something of the service: `random-forest` is `RANDOM_FOREST`. */
const variablePart = (name: string): string => name.replaceAll('-', '_').toUpperCase();

/** Where a model's function finds what it needs to answer by messages; each may be missing, its reader says what to do about it. */
export interface QuestionLocations {
  /** PREDICTIONS_TABLE: requests that are answered later. */
  readonly table: string | undefined;
  /** ASK_<MODEL>_QUEUE: URL of the queue of the model's questions. */
  readonly queue: string | undefined;
  /** PREDICTIONS_LOST_QUEUE: URL of the queue of requests that failed for good. */
  readonly lostQueue: string | undefined;
  /** PREDICTIONS_BUS: the bus that is told of the ends of requests. */
  readonly bus: string | undefined;
  /** Whether Step Functions is somewhere else than at AWS, e.g. on this machine. */
  readonly hasOwnStatesEndpoint: boolean;
}

/** Reads where the questions to a model are. */
export function questionLocations(model: string): QuestionLocations {
  return {
    table: read('PREDICTIONS_TABLE'),
    queue: read(`ASK_${variablePart(model)}_QUEUE`),
    lostQueue: read('PREDICTIONS_LOST_QUEUE'),
    bus: read('PREDICTIONS_BUS'),
    hasOwnStatesEndpoint:
      read('AWS_ENDPOINT_URL_SFN') !== undefined || read('AWS_ENDPOINT_URL') !== undefined,
  };
}

/** <WORKFLOW>_FINISH_WORKFLOW: ARN of the state machine that makes a workflow's answer of those of its models. */
export function finishMachine(workflow: string): string | undefined {
  return read(`${variablePart(workflow)}_FINISH_WORKFLOW`);
}

/** Puts the X-Ray trace header of the running invocation into the environment, where tracers look for it. */
export function setTraceId(traceId: string | undefined): void {
  if (traceId !== undefined) {
    process.env['_X_AMZN_TRACE_ID'] = traceId;
  } else if (process.env['_X_AMZN_TRACE_ID'] !== undefined) {
    delete process.env['_X_AMZN_TRACE_ID'];
  }
}

/** AWS_LAMBDA_LOG_LEVEL (what Lambda's logging controls set), else LOG_LEVEL; in any case of letters. */
export function logLevel(): string | undefined {
  return (read('AWS_LAMBDA_LOG_LEVEL') ?? read('LOG_LEVEL'))?.toLowerCase();
}

/**
 * The bucket, key and digest of this function's weights; each may be missing, the loader says what to do about it.
 */
export interface ModelLocation {
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** Expected SHA-256 of the weights, hexadecimal. */
  readonly sha256: string | undefined;
}

/** Reads MODEL_BUCKET, MODEL_KEY and MODEL_SHA256. */
export function modelLocation(): ModelLocation {
  return {
    bucket: read('MODEL_BUCKET'),
    key: read('MODEL_KEY'),
    sha256: read('MODEL_SHA256')?.toLowerCase(),
  };
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * The settings for requests to S3 without the SDK. Without `credentials` (SnapStart: container credentials) the SDK
 * has to find some.
 */
export interface S3Settings {
  readonly region: string;
  /** Endpoint for path-style requests; without one, S3's own virtual-hosted address. */
  readonly endpoint: string | undefined;
  readonly credentials: Credentials | undefined;
}

/** Reads region, endpoint and static credentials; called at each load, because credentials differ after a restore. */
export function s3Settings(): S3Settings {
  const accessKeyId = read('AWS_ACCESS_KEY_ID');
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY');
  const sessionToken = read('AWS_SESSION_TOKEN');
  return {
    region: read('AWS_REGION') ?? read('AWS_DEFAULT_REGION') ?? 'us-east-1',
    endpoint: read('AWS_ENDPOINT_URL_S3') ?? read('AWS_ENDPOINT_URL'),
    credentials:
      accessKeyId === undefined || secretAccessKey === undefined
        ? undefined
        : { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  };
}

/**
 * Tells ONNX Runtime (1.29 and later) not to write a device id to disk nor to send usage to its makers, unless the
 * deployment says otherwise. It looks once, when its first session is opened.
 */
export function declineTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1';
}
