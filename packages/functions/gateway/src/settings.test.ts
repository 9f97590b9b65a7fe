import { onnxModel } from '@chorus/blueprint';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSettings } from './env.ts';
import { gatewaySize, servedOf } from './served.ts';
import { testService } from './testing/test-service.ts';

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
    expect([...servedOf(settings, testService).keys()]).toEqual(['svr']);
  });

  it('may not name what nobody described, nor one name twice', () => {
    const nobody = { modelFunctions: {}, workflowArns: {} };
    expect(() => servedOf({ ...nobody, workflowArns: { other: 'arn' } }, testService)).toThrow(
      'WORKFLOW_ARNS names the workflow other',
    );
    const [workflow] = testService.workflows;
    const twice = { modelFunctions: { svr: 'a' }, workflowArns: { svr: 'b' } };
    const workflows = workflow === undefined ? [] : [{ ...workflow, name: 'svr' }];
    expect(() => servedOf(twice, { ...testService, workflows })).toThrow('svr is both in');
  });

  it('has models that were added after the gateway was built, of the size of those', () => {
    const settings = { modelFunctions: { churn: 'chorus-churn:live' }, workflowArns: {} };
    const { memoryMb } = onnxModel('churn');
    expect(servedOf(settings, testService).get('churn')).toMatchObject({
      functionName: 'chorus-churn:live',
      size: { name: 'churn', memoryMb },
    });
  });

  const arn = 'arn:aws-us-gov:lambda:us-gov-west-1:000000000000:function:chorus-svr';
  it.each([
    ['chorus-svr', 'chorus-svr'],
    ['chorus-svr:live', 'chorus-svr'],
    ['chorus-svr:12', 'chorus-svr'],
    ['chorus-svr:$LATEST', 'chorus-svr'],
    ['000000000000:function:chorus-svr:live', '000000000000:function:chorus-svr'],
    [arn, arn],
    [`${arn}:live`, arn],
  ])('knows the function that %s is of', (functionName, unqualifiedName) => {
    const served = servedOf(
      { modelFunctions: { svr: functionName }, workflowArns: {} },
      testService,
    );
    expect(served.get('svr')).toMatchObject({ functionName, unqualifiedName });
  });

  it.each(['a b', 'chorus-svr:', 'chorus-svr:live:1', 'arn:aws:s3:::chorus-svr'])(
    'is refused when %s is no function',
    (functionName) => {
      const settings = { modelFunctions: { svr: functionName }, workflowArns: {} };
      expect(() => servedOf(settings, testService)).toThrow('neither the name nor the ARN');
    },
  );

  it('needs to know the size of the gateway', () => {
    expect(() => gatewaySize({ functions: [], workflows: [] })).toThrow('no function gateway');
  });
});
