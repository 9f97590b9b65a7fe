import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Watched } from '../api/use-watch.ts';

/** A view: its heading gets the focus when it opens, so that a screen reader says where one is. */
export function View(props: {
  readonly title: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${props.title} · Chorus console`;
    heading.current?.focus();
  }, [props.title]);
  return (
    <main id="main">
      <h1 ref={heading} tabIndex={-1}>
        {props.title}
      </h1>
      {props.children}
    </main>
  );
}

/** Says of a watched command that its value is coming, that it has failed, or that the connection is lost. */
export function WatchState(props: { readonly of: Watched; readonly what: string }): JSX.Element {
  const { value, error, isLost, isFirst } = props.of;
  return (
    <div role="status">
      {isLost && (
        <p class="notice warn">
          The connection is lost; trying again.{' '}
          {value === undefined ? '' : 'What is shown may be old.'}
        </p>
      )}
      {!isLost && isFirst && <p class="muted">Reading {props.what}…</p>}
      {error !== undefined && <p class="notice warn pre">{error}</p>}
    </div>
  );
}
