import type { PictureName } from '../empty-picture.tsx';
import type { DefinitionSlice } from './use-definitions.ts';

/** What a kind of definition is called on its screens. */
export interface DefinitionWords {
  readonly slice: DefinitionSlice;
  /** Where the list lives below the environment: `/guides`. */
  readonly path: string;
  /** Inside a sentence: `tour`. */
  readonly noun: string;
  /** As a title: `Tour`. */
  readonly singular: string;
  /** The title of the list: `Guides`. */
  readonly plural: string;
  readonly picture: PictureName;
  /**
   * What is counted, as columns of the list and in the editor's head. Everybody has one state at a time, so a
   * figure like “Shown” is the sum of several.
   */
  readonly numbers: readonly { readonly header: string; readonly states: readonly string[] }[];
  /** What publishing does, as a sentence: “People who match see it from now on.” */
  readonly whenPublished: string;
  /** Whom a publish may spare: people who match already. Absent = it has no such question (a playbook). */
  readonly backfill?: { readonly everyone: string; readonly fromNow: string };
  /** What stopping does, as a sentence. */
  readonly whenKilled: string;
  /** How the parts and fields are called when changes are listed: `steps: 'Step'`, `whenMissing: 'when missing'`. */
  readonly parts: Readonly<Record<string, string>>;
}
