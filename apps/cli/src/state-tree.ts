type Value = Readonly<Record<string, unknown>>;

const asRecord = (value: unknown): Value =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Value) : {};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Returns the names of the states that may come after one, each once: by its transition, its choices, its catchers. */
function followers(state: Value): readonly string[] {
  const next = [state['Next'], state['Default']];
  const others = [...asList(state['Choices']), ...asList(state['Catch'])].map(
    (each) => asRecord(each)['Next'],
  );
  return [...new Set([...next, ...others])].filter((name) => typeof name === 'string');
}

/** Returns the states in the order in which they can be reached; then those that cannot. */
function inOrder(states: Value, start: unknown): readonly string[] {
  const reached = new Set<string>();
  const waiting = [String(start)];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (reached.has(name) || states[name] === undefined) continue;
    reached.add(name);
    waiting.push(...followers(asRecord(states[name])));
  }
  return [...new Set([...reached, ...Object.keys(states)])];
}

/**
 * Draws the states of a definition in Amazon States Language as a tree: one line for each, with what may follow; those of
 * branches and maps are drawn below their state.
 */
export function drawStates(definition: Value, indent = ''): string {
  const states = asRecord(definition['States']);
  return inOrder(states, definition['StartAt'])
    .flatMap((name) => {
      const state = asRecord(states[name]);
      const next = followers(state);
      const arrow = next.length === 0 ? '' : ` -> ${next.join(', ')}`;
      const inner = [
        ...asList(state['Branches']),
        ...[state['ItemProcessor'], state['Iterator']].filter((each) => each !== undefined),
      ];
      return [
        `${indent}${name} (${String(state['Type'])})${arrow}`,
        ...inner.map((each, index) => {
          const head = inner.length > 1 ? `${indent}  branch ${index + 1}\n` : '';
          return head + drawStates(asRecord(each), `${indent}${inner.length > 1 ? '    ' : '  '}`);
        }),
      ];
    })
    .join('\n');
}
