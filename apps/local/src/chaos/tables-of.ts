type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => Object(value);

/** Operations on items of one table, which they name. */
const ofOneTable = ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'];

/** The names in an operation's parameters, which may be ARNs. */
function namesIn(operation: string, parameters: Fields): readonly unknown[] {
  if (ofOneTable.includes(operation)) return [parameters['TableName']];
  if (/^Batch(?:Get|Write)Item$/.test(operation))
    return Object.keys(fieldsOf(parameters['RequestItems']));
  if (!/^Transact(?:Get|Write)Items$/.test(operation)) return [];
  const items = parameters['TransactItems'];
  return (Array.isArray(items) ? items : []).flatMap((item) =>
    Object.values(fieldsOf(item)).map((action) => fieldsOf(action)['TableName']),
  );
}

/** Returns the tables whose items an operation of DynamoDB reads or writes, each once; none for operations on tables themselves. */
export function tablesOf(operation: string, parameters: unknown): readonly string[] {
  const names = namesIn(operation, fieldsOf(parameters)).filter((name) => typeof name === 'string');
  return [...new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1)))];
}
