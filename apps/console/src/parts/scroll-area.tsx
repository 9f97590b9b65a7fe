import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Something that scrolls by itself where it is larger than the page has room for; then it can be scrolled with the keys too. */
export function ScrollArea(props: {
  readonly class: string;
  readonly label: string;
  /** The place that is in the middle to begin with, in pixels from the left. @default the left end is seen */
  readonly middle?: number;
  readonly children: ComponentChildren;
}): JSX.Element {
  const area = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = area;
    if (current === null) return;
    const measure = (): void => {
      const isLarger =
        current.scrollWidth > current.clientWidth || current.scrollHeight > current.clientHeight;
      if (isLarger) current.tabIndex = 0;
      else current.removeAttribute('tabindex');
    };
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    if (props.middle !== undefined) current.scrollLeft = props.middle - current.clientWidth / 2;
    if (current.firstElementChild !== null) observer.observe(current.firstElementChild);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={area} class={props.class} aria-label={props.label}>
      {props.children}
    </section>
  );
}
