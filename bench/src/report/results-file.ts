const preamble = `# Benchmark results

Written by \`pnpm bench\`. Compare ratios within a section only: they come from one run, interleaved; milliseconds differ
from machine to machine and from hour to hour.
`;

/** Returns the sections of a results file by their title, in order. */
function sectionsOf(text: string): Map<string, string> {
  const parts = text.split(/^(?=## )/m).filter((part) => part.startsWith('## '));
  return new Map(
    parts.map((part) => [/^## (?<title>.*)/.exec(part)?.groups?.['title'] ?? '', part.trimEnd()]),
  );
}

/**
 * The results file after a run: sections that were measured now replace those of the same title, the others stay.
 *
 * @param text the file as it is; empty when there is none
 * @param measured sections of Markdown that begin with `## <title>`
 * @param order every title there is; sections of any other title are dropped
 */
export function mergeResults(
  text: string,
  measured: readonly string[],
  order: readonly string[],
): string {
  const sections = new Map([...sectionsOf(text), ...sectionsOf(measured.join('\n'))]);
  const kept = order.flatMap((title) => sections.get(title) ?? []);
  return `${[preamble.trimEnd(), ...kept].join('\n\n')}\n`;
}
