import type { Resource } from './assembly.ts';

interface Widget {
  readonly properties: {
    readonly title: string;
    readonly metrics?: readonly (readonly unknown[])[];
  };
}

/** What a dashboard shows. */
interface Shown {
  readonly titles: readonly string[];
  /** The metrics that its graphs are made from, once each: namespace, name and dimensions. */
  readonly shown: readonly string[];
}

/** Returns the text of a dashboard, with a word for each part that is only known when it is deployed. */
function bodyOf(dashboard: Resource | undefined): string {
  const body = dashboard?.Properties['DashboardBody'];
  if (typeof body === 'string') return body;
  const [, parts] = (body as { readonly 'Fn::Join': [string, readonly unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : 'unknown')).join('');
}

/** Reads a dashboard of a template. */
export function dashboardOf(dashboard: Resource | undefined): Shown {
  const body = bodyOf(dashboard);
  const { widgets }: { readonly widgets: readonly Widget[] } = JSON.parse(body);
  const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
  return {
    titles: widgets.map(({ properties }) => properties.title),
    // CloudWatch counts each line, those too that only an expression needs; an expression is none.
    shown: metrics
      .filter(([first]) => typeof first === 'string')
      .map((metric) => JSON.stringify(metric)),
  };
}
