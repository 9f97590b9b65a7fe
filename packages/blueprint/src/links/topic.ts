import { BlueprintError } from '../errors.ts';
import { pascalCase, topicVariable } from '../names.ts';
import type { Named, Needs } from './needs.ts';

/** A topic that a function publishes to. */
export interface TopicLink {
  readonly kind: 'topic';
  readonly topic: string;
}

/** Lets a function publish to a topic, by its name in the blueprint. The function finds the topic's ARN in `<NAME>_TOPIC`. */
export function topic(name: string): TopicLink {
  return { kind: 'topic', topic: name };
}

/** @throws {BlueprintError} if there is no such topic */
export function needsOfTopic({ topic: name }: TopicLink, { topics }: Named): Needs {
  if (!topics.includes(name)) throw new BlueprintError(`there is no topic ${name}`);
  const itself = { kind: 'topic', topic: name } as const;
  return {
    variables: { [topicVariable(name)]: itself },
    statements: [
      { sid: `PublishTo${pascalCase(name)}`, actions: ['sns:Publish'], resources: [itself] },
    ],
  };
}
