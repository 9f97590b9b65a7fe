/** The separators that spreadsheets write between columns; they differ by country. */
const separators = [',', ';', '\t'];

/** Splits a line at a separator that is not in quotes; two quotes in quotes are one. */
function splitAt(line: string, separator: string): readonly string[] {
  const fields = [''];
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at);
    const last = fields.length - 1;
    if (letter === '"' && isQuoted && line[at + 1] === '"') {
      fields[last] += '"';
      at += 1;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) fields.push('');
    else fields[last] += letter;
  }
  return fields.map((field) => field.trim());
}

/**
 * Returns the names of the columns in the first line of a CSV file (RFC 4180), which may have quotes, a byte order mark,
 * and semicolons or tabs for commas.
 */
export function namesInHeader(content: string): readonly string[] {
  const [line = ''] = content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const [names = []] = separators
    .map((separator) => splitAt(line, separator))
    .sort((one, other) => other.length - one.length);
  return names;
}
