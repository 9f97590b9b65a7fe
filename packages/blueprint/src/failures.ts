import { statusOfErrorName } from '@chorus/protocol';

type Retrier = Readonly<Record<string, unknown>>;

/** Lambda does not queue: in a spike those it turns away come back spread over the next seconds. */
export const retryThrottled: readonly Retrier[] = [
  {
    ErrorEquals: ['Lambda.TooManyRequestsException'],
    IntervalSeconds: 1,
    MaxAttempts: 4,
    BackoffRate: 1.5,
    MaxDelaySeconds: 3,
    JitterStrategy: 'FULL',
  },
];

/**
 * A transient failure is worth another try, soon: the CDK's default would wait 126 s. Weights that cannot be loaded
 * are not among them, because the loader has already tried again; nor are a caller's own mistakes.
 */
export const retry: readonly Retrier[] = [
  ...retryThrottled,
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.Unknown',
      'Runtime.ExitError',
    ],
    IntervalSeconds: 1,
    MaxAttempts: 2,
    BackoffRate: 2,
    MaxDelaySeconds: 3,
    JitterStrategy: 'FULL',
  },
  { ErrorEquals: ['Sandbox.Timedout', 'States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 },
];

/** HTTP status of a failed function, when all that failed agree on it; anything else is 503. */
const statusByError: Readonly<Record<string, number>> = Object.fromEntries(
  [
    'InvalidRequestError',
    'NotFoundError',
    'ConflictError',
    'PayloadTooLargeError',
    'UnsupportedMediaTypeError',
    'OutOfRangeError',
    'Lambda.TooManyRequestsException',
    'States.Timeout',
    'Sandbox.Timedout',
    'DeadlineExceededError',
  ].map((name) => [name, statusOfErrorName(name)]),
);

/** The output of a `Catch`, `{error, message}`: a function's message is inside the JSON of its cause, and AWS gives no cause to a time-out. */
export const failureOfInput = `(
  $cause := $states.input.Cause;
  $message := $substring($cause, 0, 1) = "{" ? $parse($cause).errorMessage;
  {
    "error": $states.input.Error,
    "message": $exists($message) ? $message
      : $cause != "" ? $cause
      : $states.input.Error = "States.Timeout" ? "it did not answer in time" : ""
  }
)`;

/**
 * JSONata of the answer to a request that too little was answered of: the status that those agree on who made it fail, else
 * 503. A caller's own mistake is told in the function's words.
 *
 * @param reworded JSONata of `$message` in the caller's words
 */
export function refusalOfInput(reworded = '$message'): string {
  return `(
    $statuses := ${JSON.stringify(statusByError)};
    $refused := $exists($states.input.refused) ? $states.input.refused : $states.input.failed;
    $statusOf := function($failure) { ($status := $lookup($statuses, $failure.error); $exists($status) ? $status : 503) };
    $agreed := $distinct([$each($refused, $statusOf)]);
    $status := $count($agreed) = 1 ? $agreed[0] : 503;
    $reasons := $join([$each($refused, function($failure, $name) { $name & ": " & $failure.message })], "; ");
    $message := [$each($refused, function($failure) { $failure.message })][0];
    $asked := $count($states.input.branches);
    {
      "statusCode": $status,
      "body": {
        "error": $exists($states.input.quorum)
          ? $count($states.input.branches.outputs) & " of " & $asked & " models answered, " & $states.input.quorum & " needed: " & $reasons
          : $status < 429 and $count($keys($refused)) = 1 ? ${reworded}
          : $reasons,
        "failed": $refused,
        "requestId": $states.context.Execution.Name
      }
    }
  )`;
}
