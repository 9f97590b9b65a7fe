import type { AwsTools } from './aws-tools.ts';
import { CommandError } from './errors.ts';

/** Names of the stacks of previews: `chorus-pr-12-serving`. */
const previewStack = /^chorus-(?<stage>pr-[1-9]\d*)-(?:foundation|functions|serving)$/;

/** The tag of a preview's stacks that says when it ends. */
const expiresTag = 'chorus:expires';

/** Returns the stage of a pull request. @throws {CommandError} for what is no number of one */
export function previewStage(number: string): string {
  if (!/^[1-9]\d{0,6}$/.test(number))
    throw new CommandError(`expected the number of a pull request, got ${number}`);
  return `pr-${number}`;
}

/** Returns when a preview that is deployed now ends, in ISO 8601. */
export function expiryOf(now: Date, days: number): string {
  return new Date(now.getTime() + days * 24 * 60 * 60 * 1000).toISOString();
}

/** A preview whose time is up. */
export interface Expired {
  readonly stage: string;
  /** ISO 8601 */
  readonly since: string;
}

/** Returns the previews whose time is up; one that does not say when it ends is none of them. */
export async function expiredPreviews(tools: AwsTools, now: Date): Promise<readonly Expired[]> {
  const stages = new Map<string, string>();
  for (const { name, tags } of await tools.stacks.list('chorus-pr-')) {
    const stage = previewStack.exec(name)?.groups?.['stage'];
    const expires = Date.parse(tags[expiresTag] ?? '');
    if (stage === undefined || Number.isNaN(expires)) continue;
    const latest = Math.max(expires, Date.parse(stages.get(stage) ?? '') || 0);
    stages.set(stage, new Date(latest).toISOString());
  }
  return [...stages]
    .filter(([, since]) => Date.parse(since) <= now.getTime())
    .map(([stage, since]) => ({ stage, since }));
}
