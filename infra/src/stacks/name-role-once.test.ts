import { afterAll, expect, it } from 'vitest';
import { cleanUp, serviceAssembly } from '../testing/assembly.ts';

afterAll(cleanUp);

it.each([
  ['Models', 'AWS::Lambda::Function'],
  ['Candidates', 'AWS::StepFunctions::StateMachine'],
  ['Workflows', 'AWS::StepFunctions::StateMachine'],
])('what runs in %s waits for nothing besides the role that it names', (stack, type) => {
  const running = Object.values(serviceAssembly().resources(stack)).filter(
    ({ Type }) => Type === type,
  );
  expect(running.length).toBeGreaterThan(0);
  for (const resource of running) expect(resource).not.toHaveProperty('DependsOn');
});
