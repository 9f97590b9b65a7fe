import type { VNode } from 'preact';
import type { CardProps } from './card-props.ts';

/** What went wrong, what happens next, and what can be done. */
export function FailureView({ card, queue }: CardProps): VNode {
  const { failure, againAt, id } = card;
  const seconds = againAt === undefined ? undefined : Math.ceil((againAt - Date.now()) / 1000);
  return (
    <div class="failure">
      <h2>{failure?.title}</h2>
      <p>{failure?.hint}</p>
      {seconds !== undefined && (
        <p>
          It is tried again in {Math.max(1, seconds)} second{seconds > 1 ? 's' : ''}.
        </p>
      )}
      {failure?.canRetry && (
        <button type="button" onClick={() => queue.retry(id)}>
          Try again
        </button>
      )}
    </div>
  );
}
