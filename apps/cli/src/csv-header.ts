/** The separators that spreadsheets write between columns; they differ by country. */
const separators = [',', ';', '\t'];

/** The first line, without a byte order mark. */
const firstLine = (content: string): string =>
  content.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)[0] ?? '';

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
  return fields;
}

/**
 * Returns the names of the columns in the first line of a CSV file (RFC 4180), which may have quotes, a byte order mark,
 * and semicolons or tabs for commas.
 */
export function namesInHeader(content: string): readonly string[] {
  const line = firstLine(content);
  const [names = []] = separators
    .map((separator) => splitAt(line, separator).map((name) => name.trim()))
    .sort((one, other) => other.length - one.length);
  return names;
}

/** Returns the fields of the first line as Step Functions reads them: between commas, with the spaces around them. */
export function fieldsOfHeader(content: string): readonly string[] {
  return splitAt(firstLine(content), ',');
}
