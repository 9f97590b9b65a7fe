import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CardProps } from './card-props.ts';

/** Returns the whole seconds until a time, again every second; undefined without one. */
function useSecondsUntil(at: number | undefined): number | undefined {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (at === undefined) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === undefined ? undefined : Math.max(1, Math.ceil((at - now) / 1000));
}

/** What went wrong, what happens next, and what can be done. */
export function FailureView({ card, queue }: CardProps): VNode {
  const { failure, againAt, id, name } = card;
  const seconds = useSecondsUntil(againAt);
  return (
    <div class="failure">
      <h2>{failure?.title}</h2>
      <p>
        {failure?.hint}
        {seconds !== undefined &&
          ` The page tries again in ${seconds} second${seconds > 1 ? 's' : ''}.`}
      </p>
      {failure?.canRetry && (
        <button type="button" onClick={() => queue.retry(id)}>
          Try again<span class="spoken"> with {name}</span>
        </button>
      )}
    </div>
  );
}
