import type { StageSpec } from '@chorus/blueprint';
import { readLivePins } from '../live-pins.ts';
import { type ReleaseEvent, release } from '../release.ts';
import { type FakeAssembly, writeAssembly } from './fake-assembly.ts';
import type { FakeAws } from './fake-aws.ts';
import { smallService } from './small-service.ts';

/** A release in tests, as much of it as differs. */
export interface Releasing extends Partial<Omit<FakeAssembly, 'commit'>> {
  readonly aws: FakeAws;
  readonly root: string;
  readonly commit: string;
  readonly spec?: Partial<StageSpec>;
  readonly signal?: AbortSignal;
  readonly tell?: (event: ReleaseEvent) => void;
}

/** Reads what is live, synthesises and releases, as the command does. */
export async function releaseOf(of: Releasing): Promise<void> {
  const { aws, root, commit, spec, signal, tell, ...more } = of;
  const { tools } = aws;
  const stage = of.stage ?? 'production';
  const blueprint = of.blueprint ?? smallService;
  const pins = of.pins ?? (await readLivePins({ tools, blueprint, stage })).functions;
  await release({
    tools,
    blueprint,
    spec: { region: 'us-east-1', ...spec },
    stage,
    root,
    assembly: writeAssembly({ ...more, pins, blueprint, stage, commit }),
    signal: signal ?? new AbortController().signal,
    tell: tell ?? (() => undefined),
  });
}
