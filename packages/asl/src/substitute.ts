/**
 * Returns a copy of a definition in which every `${token}` that has a substitution is replaced, in all strings
 * however deep; other tokens stay as they are (CloudFormation's `DefinitionSubstitutions`).
 */
export function substitute(
  value: unknown,
  substitutions: Readonly<Record<string, string>>,
): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([^}]+)\}/g, (token, name: string) =>
      Object.hasOwn(substitutions, name) ? (substitutions[name] ?? token) : token,
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => substitute(item, substitutions));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substitute(item, substitutions)]),
  );
}
