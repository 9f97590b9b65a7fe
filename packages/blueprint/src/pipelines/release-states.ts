import { examplesOf } from '../examples.ts';
import { jsonata } from '../jsonata.ts';
import type { States } from '../outcome.ts';
import type { FunctionSpec } from '../types.ts';
import { recordRun } from './pipeline-functions.ts';
import type { PipelineSpec } from './pipeline-spec.ts';
import {
  askStep,
  betterVersions,
  causeOfFailure,
  payload,
  report,
  reportFailure,
  run,
} from './pipeline-step.ts';
import { approvalSecondsOf, timeInWords, trialOf } from './promotion-plan.ts';

/** What a version ends with that could not be tried; those before and after it are what they are. */
const notPromoted = {
  model: jsonata('$states.input.model'),
  version: jsonata('$states.input.version'),
  champion: jsonata('$states.input.champion'),
  outcome: 'failed',
  error: jsonata('$states.errorOutput.Error'),
  reasons: [causeOfFailure],
};

/** Returns the states from a new version that is better to one that is live. */
export function releaseStates(spec: PipelineSpec, release: FunctionSpec): States {
  const { promotion = 'all', train: trained, workflow } = spec;
  const examples = Object.fromEntries(
    trained.map(({ model }) => [
      model.name,
      examplesOf({ workflows: workflow === undefined ? [] : [workflow] }, model),
    ]),
  );
  const approving = promotion === 'approval';
  const trial = trialOf(spec);
  const approvalSeconds = approvalSecondsOf(spec);
  return {
    Publish: {
      ...askStep(release, {
        step: 'publish',
        run,
        models: jsonata(`[${betterVersions}]`),
      }),
      Assign: { published: jsonata(`${payload}.published`) },
      Catch: reportFailure('publish'),
      Output: {},
      Next: approving ? 'Ask for approval' : 'Promote',
    },
    ...(approving && {
      'Ask for approval': {
        ...askStep(recordRun, {
          step: 'ask',
          run,
          token: jsonata('$states.context.Task.Token'),
          seconds: approvalSeconds,
          validation: jsonata('$validation'),
          data: jsonata('$data'),
          trained: jsonata('$trained'),
          evaluation: jsonata('$evaluation'),
          published: jsonata('$published'),
        }),
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: approvalSeconds,
        Assign: { approval: jsonata('$states.result') },
        Catch: [
          {
            ErrorEquals: ['States.Timeout'],
            Assign: {
              approval: {
                approved: false,
                reason: `nothing was heard for ${timeInWords(approvalSeconds)}`,
              },
            },
            Output: {},
            Next: 'Report rejection',
          },
          ...reportFailure('approval'),
        ],
        Output: {},
        Next: 'Approved',
      },
      Approved: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$approval.approved = true'), Next: 'Promote' }],
        Default: 'Report rejection',
      },
      'Report rejection': report('rejected', {}, { End: true }),
    }),
    Promote: {
      Comment: 'One version after the other, each by a function of its own.',
      Type: 'Map',
      Items: jsonata('$published'),
      MaxConcurrency: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Promote a version',
        States: {
          'Promote a version': {
            ...askStep(release, {
              step: 'promote',
              run,
              promotion: approving ? 'all' : promotion,
              ...(trial && { trial }),
              models: [jsonata('$states.input')],
              examples,
            }),
            Catch: [
              {
                ErrorEquals: ['States.ALL'],
                Output: notPromoted,
                Next: 'Not promoted',
              },
            ],
            Output: jsonata(`${payload}.promoted[0]`),
            End: true,
          },
          'Not promoted': { Type: 'Pass', End: true },
        },
      },
      // What a comparison before this one has made live stays so.
      Assign: {
        promoted: jsonata('$append([$promoted[outcome = "live"]], $states.result)'),
      },
      Catch: reportFailure('promote'),
      Output: {},
      Next: 'Promoted',
    },
    Promoted: {
      Type: 'Choice',
      Choices: [
        {
          Condition: jsonata('$count($promoted[outcome = "failed"]) > 0'),
          Next: 'Not all promoted',
        },
        {
          Comment: 'Another run was faster: what is live now is what a new version has to beat.',
          Condition: jsonata('$count($promoted[outcome = "changed"]) > 0'),
          Next: 'Evaluate',
        },
        { Condition: jsonata('$count($promoted[outcome = "live"]) > 0'), Next: 'Report promotion' },
      ],
      Default: 'Report no better',
    },
    'Not all promoted': {
      Type: 'Pass',
      Assign: {
        failure: {
          step: 'promote',
          error: jsonata('$promoted[outcome = "failed"][0].error'),
          cause: jsonata('$promoted[outcome = "failed"][0].reasons[0]'),
        },
      },
      Output: {},
      Next: 'Report failure',
    },
    'Report promotion': report('promoted', {}, { End: true }),
  };
}
