import { cleanUp } from './assembly.ts';
import { judge, judgeSomewhere } from './policy.ts';
import { namesOf, ofBootstrap, ofTemplates } from './policy-principals.ts';

// `node src/testing/policy-table.ts`: what each role may do, of what it has to and of what it must not, as Markdown.

const pairs = [
  ['staging', 'production'],
  ['production', 'staging'],
  ['preview', 'production'],
] as const;

try {
  console.log('| stage | role | kind | its calls, allowed | hostile calls, refused |');
  console.log('|---|---|---|---|---|');
  for (const [bootstrap, another] of pairs) {
    const names = [namesOf(bootstrap), namesOf(another)] as const;
    for (const { name, kind, rights, calls, hostile } of [
      ...ofTemplates(...names),
      ...ofBootstrap(...names),
    ]) {
      const allowed = calls.filter(
        (call) =>
          (typeof call === 'string' ? judgeSomewhere(rights, call) : judge(rights, call)) ===
          'allowed',
      );
      const refused = hostile.filter((call) => judge(rights, call) !== 'allowed');
      console.log(
        `| ${bootstrap} | ${name} | ${kind} | ${allowed.length} of ${calls.length} | ${refused.length} of ${hostile.length} |`,
      );
    }
  }
} finally {
  cleanUp();
}
