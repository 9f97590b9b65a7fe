import { maxInputBytes } from '@chorus/blueprint';
import { traceHeader } from '@chorus/protocol';
import { readTrace } from './request.ts';

/** `$text` is what Step Functions answered; it may have become base64 on its way here, see `request.ts`. */
const readAnswer = `#set($text = $input.body)
#if(!$text.startsWith("{"))
#set($text = $util.base64Decode($text))
#end`;

/**
 * Velocity that names the trace that the request was a part of in the answer, as `traceparentOf` does: the caller's, or one that
 * the request's id begins. A request's id that is no UUID begins none.
 */
export const traceTemplate: string = `${readTrace}#set($hex = $context.requestId.replaceAll("-", ""))
#if($hex.matches("[0-9a-f]{32}"))
#set($span = $hex.substring(16, 32))
#if($trace == "")
#set($traceId = $hex)
#else
#set($traceId = $trace.substring(3, 35))
#end
#set($context.responseOverride.header.${traceHeader} = "00-\${traceId}-\${span}-01")
#end
`;

/** Velocity for a reference as it may stand between the quotes of a JSON string. */
const escaped = (reference: string) =>
  `$util.escapeJavaScript(${reference}).replaceAll("\\\\'", "'")`;

/** Velocity that answers with a status and an error; the message may hold references that are escaped already. */
function fail(status: number, message: string): string {
  return `#set($context.responseOverride.status = ${status})
{"error":"${message}","requestId":"${escaped('$context.requestId')}"}`;
}

const noAnswer = fail(500, 'the workflow gave no answer');

/** Velocity that tells a caller when to come again, if the answer says so: `"retryAfter"`, in seconds. */
const retryAfter = `#set($seconds = $util.parseJson($output).body.retryAfter)
#if("$!seconds" != "")
#set($context.responseOverride.header.Retry-After = "$seconds")
#end`;

/**
 * Velocity that turns what StartSyncExecution answered with 200 into the caller's answer. 200 only says that the
 * execution has ended: a failed or stopped one becomes 500, one out of time 504, and a successful one what its output
 * `{"statusCode": …, "body": …}` says, in either order.
 *
 * The body is cut out of the output's text, because Velocity would not write a nested object as JSON. Its key is the
 * first of that name when the status stands before it, since that is a number; the status is the last when after it.
 * The cause of a failure stays inside: it may hold payloads.
 */
export const executionTemplate: string = `${readAnswer}
#set($execution = $util.parseJson($text))
#if($execution.status == "SUCCEEDED")
#set($output = $execution.output.trim())
#if($output.startsWith('{"statusCode":') && $output.contains('"body":'))
#set($from = $output.indexOf('"body":') + 7)
#set($to = $output.length() - 1)
#set($context.responseOverride.status = $util.parseJson($output).statusCode)
${retryAfter}
$output.substring($from, $to)
#elseif($output.startsWith('{"body":') && $output.contains(',"statusCode":'))
#set($to = $output.lastIndexOf(',"statusCode":'))
#set($context.responseOverride.status = $util.parseJson($output).statusCode)
${retryAfter}
$output.substring(8, $to)
#else
${noAnswer}
#end
#elseif($execution.status == "TIMED_OUT")
${fail(504, 'the workflow took too long and was stopped')}
#elseif($execution.status == "FAILED" && $execution.error && $execution.error != "")
${fail(500, `the workflow failed: ${escaped('$execution.error')}`)}
#elseif($execution.status == "FAILED" || $execution.status == "ABORTED")
${fail(500, 'the workflow failed: $execution.status')}
#else
${noAnswer}
#end`;

/**
 * Velocity for a call that Step Functions refused with 4xx: what the caller did wrong keeps its status, anything else
 * is our fault.
 */
export const refusalTemplate: string = `${readAnswer}
#if($text.contains("InvalidExecutionInput"))
${fail(400, 'the body is not valid JSON')}
#elseif($text.contains("less than or equal to ${maxInputBytes}"))
${fail(413, `the body is larger than ${maxInputBytes} bytes, which is what a state machine takes; send fewer rows, or a photo by its key`)}
#elseif($text.contains("InvalidName"))
${fail(400, 'the request id is not one that an execution can have')}
#elseif($text.contains("Throttling") || $text.contains("TooManyRequests"))
${fail(429, 'too many requests at once; try again')}
#else
${fail(500, 'the workflow could not be started')}
#end`;

/** Velocity for a call that Step Functions could not take. */
export const unavailableTemplate: string = fail(
  503,
  'the workflow could not be started; try again',
);
