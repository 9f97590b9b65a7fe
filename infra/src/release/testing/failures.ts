import type { Injected } from './fake-aws.ts';

const alarm = () =>
  Object.assign(new Error('the alarm function-errors went off'), { name: 'AlarmError' });

/** A step, how it fails, and what makes it. */
export type Failure = readonly [step: string, how: string, Injected];

/** A failure of each step, in every way that it has of failing. */
export const failures: readonly Failure[] = [
  ['preflight', 'AWS refuses a look', { at: /^bootstrap/ }],
  ['foundation', 'the stack fails', { at: /^deploy Foundation/ }],
  ['foundation', 'its answer gets lost', { at: /^deploy Foundation/, when: 'after' }],
  ['models', 'a weight cannot be pushed', { at: /^push two/ }],
  ['database-user', 'the Data API refuses', { at: /^execute/ }],
  ['functions', 'the stack fails', { at: /^deploy Functions/ }],
  ['migrations', 'one fails each time', { at: /migrate$/, always: true }],
  [
    'migrations',
    'it was applied, and the answer gets lost each time',
    { at: /migrate$/, when: 'after', always: true },
  ],
  ['try-functions', 'a new version is not ready', { at: /^invoke .*two:next ready/ }],
  ['try-workflows', 'a workflow fails on the new versions', { at: /^run .*both-next/ }],
  ['environments', 'Lambda refuses', { at: /^keep ready/ }],
  ['environments', 'its answer gets lost', { at: /^keep ready/, when: 'after' }],
  ['traffic', 'CodeDeploy refuses', { at: /^shift/ }],
  ['traffic', 'CodeDeploy refuses the second function', { at: /^shift/, skip: 1 }],
  ['traffic', 'its answer gets lost', { at: /^shift/, when: 'after' }],
  ['traffic', 'an alarm goes off for one function', { at: /^follow .*two/, error: alarm }],
  ['serving', 'the stack fails', { at: /^deploy Serving/ }],
  ['smoke-test', 'the API fails each time', { at: /^GET/, always: true }],
  ['pages', 'a page cannot be brought', { at: /^pages/ }],
  ['pages', 'they were brought, and the answer gets lost', { at: /^pages/, when: 'after' }],
  ['pages', 'Foundation cannot be told of them', { at: /^deploy Foundation/, skip: 1 }],
  ['protection', 'it is refused', { at: /^protect/ }],
];

/** Tells whether a first deployment can fail so: it has no requests to move. */
export const isOfFirst = ([step]: Failure): boolean => step !== 'traffic';

/** Tells whether a later release can fail so: weights are there then, and Foundation knows of the pages. */
export const isOfSecond = ([step, how]: Failure): boolean =>
  step !== 'models' && !how.startsWith('Foundation cannot');
