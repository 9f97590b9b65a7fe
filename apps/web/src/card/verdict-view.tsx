import type { VNode } from 'preact';
import { isBusy } from '../queue/card.ts';
import type { CardProps } from './card-props.ts';

/** Asks whether the answer is right, and thanks. */
export function VerdictView({ card, queue, settings }: CardProps): VNode {
  const { verdict, id, answer } = card;
  const labels = answer?.predictions[0].top.map(({ label }) => label) ?? [];
  const { subject } = settings.words;
  // The answer is about to change.
  const busy = isBusy(card);
  if (verdict === undefined || verdict.state === 'failed')
    return (
      <div class="verdict">
        <span>
          {verdict === undefined ? 'Is that right?' : 'That could not be sent. Is it right?'}
        </span>
        <button type="button" disabled={busy} onClick={() => queue.judge(id, true)}>
          Yes
        </button>
        <button type="button" disabled={busy} onClick={() => queue.judge(id, false)}>
          No
        </button>
      </div>
    );
  if (verdict.right || verdict.truth !== undefined)
    return <p class="verdict">{verdict.state === 'sending' ? 'Sending …' : 'Thank you.'}</p>;
  return (
    <label class="verdict">
      What is it?
      <select
        onChange={({ currentTarget: { value } }) =>
          value !== '' && queue.judge(id, false, value === 'none' ? null : value)
        }
      >
        <option value="">Choose …</option>
        {labels.toSorted().map((label) => (
          <option key={label}>{label}</option>
        ))}
        <option value="other">another {subject}</option>
        <option value="none">no {subject}</option>
      </select>
    </label>
  );
}
