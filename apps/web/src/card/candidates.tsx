import type { VNode } from 'preact';
import type { Prediction } from '../api/answer.ts';
import type { Words } from '../settings.ts';
import { barsMean, percent, reason } from '../words.ts';

interface CandidatesProps {
  readonly prediction: Prediction;
  readonly where: string | undefined;
  readonly words: Words;
}

const shownCandidates = 5;

/** The five most probable, each with a bar, and why. */
export function Candidates({ prediction, where, words }: CandidatesProps): VNode {
  const top = prediction.top.slice(0, shownCandidates);
  const isByPlace =
    where !== undefined && top.some(({ visual, probability }) => visual !== probability);
  return (
    <>
      <p class="bars-mean">{barsMean(isByPlace)}</p>
      <ol class="candidates">
        {top.map((candidate) => {
          const why = reason(candidate, where, words);
          return (
            <li key={candidate.label} class={candidate.outOfRange && where ? 'away' : ''}>
              <span class="label">{candidate.label}</span>
              <span class="bar" aria-hidden="true">
                <span style={{ width: `${Math.max(0.5, candidate.probability * 100)}%` }} />
              </span>
              <span class="percent">{percent(candidate.probability)}</span>
              {why !== '' && <span class="reason">{why}</span>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
