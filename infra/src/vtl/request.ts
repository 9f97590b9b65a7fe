/**
 * Velocity that makes a call of StartSyncExecution from a request's body, for API Gateway's `application/json`.
 *
 * - The API lists `*∕*` as binary, for the tensors of `/v2`. Depending on how API Gateway takes that for JSON, the body
 *   is its text or, converted to text, base64. JSON cannot be mistaken for base64 unless it is a bare word or number,
 *   which Step Functions refuses either way.
 * - `escapeJavaScript` writes `'` as `\'`, which is not JSON; AWS's own advice is to take that back.
 * - A client may choose the request's id, so that is escaped too.
 *
 * @param stateMachineArn may hold tokens of the CDK
 */
export function requestTemplate(stateMachineArn: string): string {
  return `#set($text = $input.body)
#if($text.matches("[A-Za-z0-9+/=]+"))
#set($text = $util.base64Decode($text))
#end
{
  "stateMachineArn": "${stateMachineArn}",
  "name": "$util.escapeJavaScript($context.requestId)",
  "input": "$util.escapeJavaScript($text).replaceAll("\\\\'", "'")"
}`;
}
