import type { DefinitionProblem } from './errors.ts';
import { isJsonObject } from './json-values.ts';

const jsonPathOnly = [
  'InputPath',
  'Parameters',
  'ResultSelector',
  'ResultPath',
  'OutputPath',
  'Result',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'ErrorPath',
  'CausePath',
  'MaxConcurrencyPath',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentagePath',
];
const jsonataOnly = ['Arguments', 'Output', 'Items'];

/**
 * Fields of one query language in a state of the other. asl-validator finds them too, but says only
 * that the state matches none of its schemas.
 */
export function languageProblems(graph: unknown, language: unknown, at = ''): DefinitionProblem[] {
  if (!isJsonObject(graph) || !isJsonObject(graph['States'])) return [];
  return Object.entries(graph['States']).flatMap(([name, state]) => {
    if (!isJsonObject(state)) return [];
    const path = `${at}/States/${name}`;
    const own = state['QueryLanguage'] ?? language;
    const foreign = own === 'JSONata' ? jsonPathOnly : jsonataOnly;
    const other = own === 'JSONata' ? 'JSONPath' : 'JSONata';
    const branches = Array.isArray(state['Branches']) ? state['Branches'] : [];
    const downgrade = language === 'JSONata' && own === 'JSONPath';
    return [
      // Recorded on AWS: a machine of JSONPath may have states of JSONata, never the other way round.
      ...(downgrade
        ? [
            {
              path: `${path}/QueryLanguage`,
              message: "It cannot be JSONPath when the whole state machine's is JSONata.",
            },
          ]
        : []),
      ...foreign
        .filter((field) => field in state)
        .map((field) => ({
          path: `${path}/${field}`,
          message: `${field} belongs to ${other}, and the state's query language is ${own}.`,
        })),
      ...branches.flatMap((branch, index) =>
        languageProblems(branch, language, `${path}/Branches/${index}`),
      ),
      ...languageProblems(state['ItemProcessor'], language, `${path}/ItemProcessor`),
      ...languageProblems(state['Iterator'], language, `${path}/Iterator`),
    ];
  });
}
