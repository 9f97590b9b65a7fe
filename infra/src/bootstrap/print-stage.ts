import * as all from '../../stages.ts';
import { OptionError } from '../errors.ts';

// `node src/bootstrap/print-stage.ts staging >> "$GITHUB_OUTPUT"`: what a workflow has to know of a stage, or of previews, before
// anything is installed.
const [name = ''] = process.argv.slice(2);
const spec = name === 'preview' ? all.preview : all.stages[name];
if (spec === undefined)
  throw new OptionError(
    `infra/stages.ts has no stage ${name}; there are ${[...Object.keys(all.stages), 'preview'].join(', ')}`,
  );
console.log(`region=${spec.region}`);
