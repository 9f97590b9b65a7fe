/** The only file of this package that reads `process.env`. */

type Environment = Readonly<Record<string, string>>;

/** The settings that come from the environment. */
export interface BenchSettings {
  /** CHORUS_BENCH_PYTHON: a Python with peers/requirements.txt. @default python3 */
  readonly python: string;
}

export function readSettings(): BenchSettings {
  return { python: process.env['CHORUS_BENCH_PYTHON'] || 'python3' };
}

/** This process's environment, but for what would make the peer slower (or faster) than it is by itself. */
export function peerEnvironment(): Environment {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || /^(OPENBLAS|OMP|MKL)_|^PYTHON/.test(name) ? [] : [[name, value]],
    ),
  );
}

/** Returns the environment of `pnpm start`: this one, but a free port and a folder of its own. */
export function cloudEnvironment(directory: string): Environment {
  const kept = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || /^AWS_|_MODEL_VERSION$/.test(name) ? [] : [[name, value]],
  );
  return { ...Object.fromEntries(kept), PORT: '0', CHORUS_DIRECTORY: directory };
}

/** Returns the path of the browser that pages are measured in: CHORUS_CHROMIUM. @default Debian's */
export function chromiumPath(): string {
  return process.env['CHORUS_CHROMIUM'] || '/usr/bin/chromium';
}

/** Returns the folders of PATH, in order: where a container engine is looked for. */
export function searchPath(): readonly string[] {
  return (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/** Returns the environment of the engine's client: this one, with DOCKER_HOST and the choice of its builder. */
export function engineEnvironment(
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string | undefined>> {
  return { ...process.env, ...variables };
}
