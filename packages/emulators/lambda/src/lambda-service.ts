import type { CreateFunctionRequest } from './create-function.ts';
import type { SettingsChange } from './functions.ts';
import type { DescribedFunction, ExecutedInvocation, ServedFunction } from './served-function.ts';

interface Invoke {
  /** Name, partial ARN or ARN; `:qualifier` may follow. */
  readonly functionName: string;
  /** A version or an alias. @default $LATEST */
  readonly qualifier?: string | undefined;
  readonly payload: Uint8Array;
  readonly requestId?: string;
  /** Whether the answer comes with what the worker wrote meanwhile. */
  readonly withLog?: boolean;
}

/** The Lambda service: its functions, and the Runtime API. All names may be ARNs. */
export interface LambdaService {
  /** @throws {LambdaError} ResourceNotFoundException, TooManyRequestsException */
  invoke(invoke: Invoke): Promise<ExecutedInvocation>;
  /** @throws {LambdaError} ResourceNotFoundException */
  find(nameOrArn: string): ServedFunction;
  /**
   * Takes an event whose answer is not waited for: it is on disk when this returns, and tried again if it fails.
   *
   * @throws {LambdaError} ResourceNotFoundException
   */
  invokeLater(invoke: Omit<Invoke, 'withLog'>): void;
  /** `$LATEST`, a version, or an alias's main version. @throws {LambdaError} ResourceNotFoundException */
  describe(nameOrArn: string, qualifier?: string): DescribedFunction;
  list(): readonly ServedFunction[];
  /**
   * Creates a function that can be invoked at once. It outlives a restart if it is one of the functions that the service
   * is then started with.
   *
   * @throws {LambdaError} ResourceConflictException, InvalidParameterValueException, ValidationException
   */
  create(request: CreateFunctionRequest): Promise<ServedFunction>;
  /** Deletes a function with its versions and aliases. @throws {LambdaError} ResourceNotFoundException */
  remove(nameOrArn: string): Promise<void>;
  /** Begins to keep environments initialised, of functions that want it: from now on their processes reach the service. */
  keepEnvironments(): void;
  /** How many of the function's processes are working on an event. */
  busy(nameOrArn: string): number;
  /** Changes `$LATEST` and waits until that is through. */
  configure(nameOrArn: string, change: SettingsChange): Promise<void>;
  /** How many worker processes there are. */
  readonly processes: number;
  /** Whether an `X-Amzn-Trace-Id` header is of a call that a function makes for an event it has. */
  isNested(traceHeader: string | undefined): boolean;
}
