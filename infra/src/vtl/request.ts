import { asynchronousQuery } from '@chorus/blueprint';

/** ARNs of the state machines that a route starts by its query instead of its workflow; see `chooseMachine`. */
export interface AsynchronousMachines {
  readonly accept: string;
  readonly refuse: string;
}

/** Velocity that sets `$machine`. A parameter that there is not is null, and an empty text once it is written. */
function choose(stateMachineArn: string, asynchronous: AsynchronousMachines): string {
  const { name, later, now } = asynchronousQuery;
  return `#set($value = $input.params().querystring.get("${name}"))
#set($value = "$!value")
#if($value == "${later}")
#set($machine = "${asynchronous.accept}")
#elseif($value == "" || $value == "${now}")
#set($machine = "${stateMachineArn}")
#else
#set($machine = "${asynchronous.refuse}")
#end
`;
}

/**
 * Velocity that makes a call of StartSyncExecution from a request's body, for API Gateway's `application/json`.
 *
 * - The API lists `*∕*` as binary, for the tensors of `/v2`. Depending on how API Gateway takes that for JSON, the body
 *   is its text or, converted to text, base64. JSON cannot be mistaken for base64 unless it is a bare word or number,
 *   which Step Functions refuses either way.
 * - `escapeJavaScript` writes `'` as `\'`, which is not JSON; AWS's own advice is to take that back.
 * - A client may choose the request's id, so that is escaped too.
 *
 * @param stateMachineArn of the workflow; ARNs may hold tokens of the CDK
 */
export function requestTemplate(
  stateMachineArn: string,
  asynchronous?: AsynchronousMachines,
): string {
  return `${asynchronous === undefined ? '' : choose(stateMachineArn, asynchronous)}#set($text = $input.body)
#if($text.matches("[A-Za-z0-9+/=]+"))
#set($text = $util.base64Decode($text))
#end
{
  "stateMachineArn": "${asynchronous === undefined ? stateMachineArn : '$machine'}",
  "name": "$util.escapeJavaScript($context.requestId)",
  "input": "$util.escapeJavaScript($text).replaceAll("\\\\'", "'")"
}`;
}
