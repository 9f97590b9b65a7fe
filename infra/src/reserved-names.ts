/**
 * What comes after `chorus-` in names of production that the blueprint does not give: of stacks, of what they hold, and of
 * what `bootstrap` makes. A stage may have no name that one of them begins with.
 */
export const reservedNames: readonly string[] = [
  'alarms',
  'api',
  'bootstrap',
  'cache-throttles',
  'dashboard',
  'database-capacity',
  'database-connections',
  'features',
  'firewall',
  'foundation',
  'function-errors',
  'functions',
  'identity',
  'key',
  'page-key',
  'page-usage',
  'pages',
  // Of previews, `pr-<number>`.
  'pr-0',
  'schedules',
  'serving',
  'throttles',
  'tokens',
  'usage',
];
