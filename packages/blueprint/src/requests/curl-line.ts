/**
 * Returns the line for a terminal that asks a workflow, or a model, by its name.
 *
 * @param body as JSON; its single quotes are written so that a shell takes them
 */
export function curlLine(url: string, name: string, body: unknown): string {
  const quoted = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  return `curl -s ${url}/predict/${name} -H 'content-type: application/json' -d '${quoted}'`;
}
