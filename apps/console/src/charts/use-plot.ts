import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot, { type AlignedData, type Options } from 'uplot';

/** The colours of a plot: those of the page, by the names of its custom properties. */
export type ColorOf = (property: `--${string}`) => string;

/**
 * Draws a plot into an element, as wide as the element is.
 *
 * @param options made once for each `key`; data may change without
 * @param height in pixels
 */
export function usePlot(
  options: (colorOf: ColorOf) => Omit<Options, 'width' | 'height'>,
  data: AlignedData,
  { key, height }: { readonly key: string; readonly height: number },
): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | undefined>(undefined);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const style = getComputedStyle(document.documentElement);
    const made = options((property) => style.getPropertyValue(property));
    const drawn = new uPlot({ ...made, width: current.clientWidth, height }, data, current);
    plot.current = drawn;
    const observer = new ResizeObserver(() =>
      drawn.setSize({ width: current.clientWidth, height }),
    );
    observer.observe(current);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
  }, [key]);
  useEffect(() => plot.current?.setData(data), [JSON.stringify(data)]);
  return place;
}
