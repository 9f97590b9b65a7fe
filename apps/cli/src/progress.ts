import type { Writable } from 'node:stream';

/** A progress bar that may or may not be on screen. */
export interface Progress {
  update(step: string, done: number, total: number): void;
  /** Takes it off the screen. */
  stop(): void;
}

/** Work shorter than this needs no bar. */
const patienceMs = 1000;

/**
 * A bar on a terminal for work that takes longer than a second; on anything else, nothing.
 *
 * @param now milliseconds. @default performance.now
 */
export async function startProgress(
  title: string,
  stream: Writable & { readonly isTTY?: boolean },
  now: () => number = () => performance.now(),
): Promise<Progress> {
  if (stream.isTTY !== true) return { update() {}, stop() {} };
  const { default: cliProgress } = await import('cli-progress');
  const started = now();
  const bar = new cliProgress.SingleBar({
    stream,
    format: `${title}  {step}  {bar} {value}/{total}`,
    barCompleteChar: '=',
    barIncompleteChar: '-',
    clearOnComplete: true,
    // Its own handlers would swallow the first Ctrl-C.
    gracefulExit: false,
  });
  let visible = false;
  return {
    update(step, done, total) {
      if (!visible) {
        if (now() - started < patienceMs) return;
        visible = true;
        bar.start(total, done, { step });
      } else {
        bar.setTotal(total);
        bar.update(done, { step });
      }
    },
    stop() {
      if (visible) bar.stop();
    },
  };
}
