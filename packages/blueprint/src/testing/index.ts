export { linkedBlueprint, linkLists } from './links.ts';
