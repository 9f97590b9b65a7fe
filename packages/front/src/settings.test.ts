import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { servedOf } from './served.ts';
import { workflow } from './testing/fake-models.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the environment', () => {
  it('may name nothing', () => {
    vi.stubEnv('MODEL_FUNCTIONS', undefined);
    vi.stubEnv('WORKFLOW_ARNS', '');
    expect(readSettings()).toEqual({ modelFunctions: {}, workflowArns: {} });
  });

  it.each(['{', '[]', '"x"', 'null', '{"svr":1}', '{"svr":""}'])(
    'is refused with the name of the variable when it is %s',
    (text) => {
      vi.stubEnv('MODEL_FUNCTIONS', text);
      expect(readSettings).toThrow(
        expect.objectContaining({
          name: 'ConfigurationError',
          message: expect.stringContaining('MODEL_FUNCTIONS: expected a JSON object'),
        }),
      );
    },
  );
});

describe('what is served', () => {
  it('leaves out workflows that have no state machine', () => {
    const settings = { modelFunctions: { svr: 'chorus-svr' }, workflowArns: {} };
    expect([...servedOf(settings, [workflow]).keys()]).toEqual(['svr']);
  });

  it('may not name a workflow that nobody described, nor one name twice', () => {
    const workflowArns = { other: 'arn' };
    expect(() => servedOf({ modelFunctions: {}, workflowArns }, [workflow])).toThrow(
      'WORKFLOW_ARNS names the workflow other',
    );
    const twice = {
      modelFunctions: { [workflow.name]: 'a' },
      workflowArns: { [workflow.name]: 'b' },
    };
    expect(() => servedOf(twice, [workflow])).toThrow('house-price is both in');
  });
});
