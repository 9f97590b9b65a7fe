import type { Blueprint } from '../types.ts';
import { acceptMachine } from './accept.ts';
import { acceptName, finishName, questionsQueue, questionsTopic } from './names.ts';

/**
 * Returns a service in which requests that are answered later are run by their workflow as a whole: without the queues of models,
 * which cost something without a request.
 */
export function withoutFanOut(blueprint: Blueprint): Blueprint {
  const { workflows, machines = [], queues, topics } = blueprint;
  const fanned = workflows.filter(({ name }) =>
    machines.some((each) => each.name === finishName(name)),
  );
  if (fanned.length === 0) return blueprint;
  const gone = new Set([
    ...fanned.map(({ name }) => finishName(name)),
    ...fanned.map(({ name }) => questionsTopic(name)),
    ...fanned.flatMap(({ functions }) => functions.map(({ name }) => questionsQueue(name))),
  ]);
  const isLeft = ({ name }: { readonly name: string }) => !gone.has(name);
  return {
    ...blueprint,
    machines: machines.filter(isLeft).map((machine) => {
      const workflow = fanned.find(({ name }) => machine.name === acceptName(name));
      return workflow === undefined ? machine : acceptMachine(workflow);
    }),
    ...(queues && { queues: queues.filter(isLeft) }),
    ...(topics && { topics: topics.filter(isLeft) }),
  };
}
