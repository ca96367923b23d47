export interface BuiltSdk {
  readonly outdir: string;
  /** What the server reads: paths below `outdir`. */
  readonly manifest: { readonly shell: string; readonly surfaces: Record<string, string> };
  /** The text of each part: `shell`, `index`, and one a surface. */
  readonly parts: Record<string, string>;
}

export const surfaces: Readonly<Record<string, string>>;
export function buildSdk(options?: { readonly outdir?: string }): Promise<BuiltSdk>;
