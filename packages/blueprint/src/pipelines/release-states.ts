import { examplesOf } from '../examples.ts';
import { jsonata } from '../jsonata.ts';
import type { States } from '../outcome.ts';
import type { FunctionSpec } from '../types.ts';
import { recordRun } from './pipeline-functions.ts';
import type { PipelineSpec } from './pipeline-spec.ts';
import { askStep, payload, report, reportFailure, run } from './pipeline-step.ts';

/** How long a person has to approve, in seconds. */
const approvalSeconds = 7 * 24 * 60 * 60;

/** Returns the states from a new version that is better to one that is live. */
export function releaseStates(spec: PipelineSpec, release: FunctionSpec): States {
  const { promotion = 'all', train: trained, workflow } = spec;
  const examples = Object.fromEntries(
    trained.map(({ model }) => [model.name, examplesOf({ workflows: [workflow] }, model)]),
  );
  const approving = promotion === 'approval';
  return {
    Publish: {
      ...askStep(release, {
        step: 'publish',
        run,
        models: jsonata('[$evaluation[chosen = true]]'),
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
            Assign: { approval: { approved: false, reason: 'nothing was heard for a week' } },
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
      ...askStep(release, {
        step: 'promote',
        run,
        promotion: approving ? 'all' : promotion,
        models: jsonata('$published'),
        examples,
      }),
      // What a comparison before this one has made live stays so.
      Assign: {
        promoted: jsonata(`$append([$promoted[outcome = "live"]], ${payload}.promoted)`),
      },
      Catch: reportFailure('promote'),
      Output: {},
      Next: 'Promoted',
    },
    Promoted: {
      Type: 'Choice',
      Choices: [
        {
          Comment: 'Another run was faster: what is live now is what a new version has to beat.',
          Condition: jsonata('$count($promoted[outcome = "changed"]) > 0'),
          Next: 'Evaluate',
        },
        { Condition: jsonata('$count($promoted[outcome = "live"]) > 0'), Next: 'Report promotion' },
      ],
      Default: 'Report no better',
    },
    'Report promotion': report('promoted', {}, { End: true }),
  };
}
