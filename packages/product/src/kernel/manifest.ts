import type { Rule } from '../rules/rule.ts';
import type { Json } from './json.ts';

/** Looks of everything in the page. Colours are `#rrggbb`. */
export interface Theme {
  readonly accent: string;
  readonly onAccent: string;
  /** Pixels. */
  readonly radius: number;
}

/** One published content as the page needs it. `body` is the slice's own, read by its surface. */
export interface BundleContent {
  readonly id: string;
  /** The surface that shows it: `tour`, `checklist`. */
  readonly kind: string;
  readonly version: number;
  readonly body: Json;
}

/** Every published content of an environment: immutable, named by its hash, cached for ever. */
export interface Bundle {
  readonly format: 1;
  readonly environment: string;
  readonly theme: Theme;
  readonly contents: readonly BundleContent[];
}

/** What one person may see of one content. */
export interface ManifestEntry {
  readonly id: string;
  readonly version: number;
  /** What is left to decide in the page. `{ type: 'all', of: [] }` is yes. Contents that are a plain no are absent. */
  readonly show: Rule;
  /** Epoch milliseconds; after it the remainder is unknown, so not shown. Absent = no change by time alone. */
  readonly until?: number;
  /** The slice's state of this person, read by its surface. */
  readonly state: Json;
}

/** The small document for one person: everything of theirs that the page may know. No trait, no segment. */
export interface Manifest {
  readonly format: 1;
  readonly environment: string;
  /** An opaque key of the person: changes when the person does. */
  readonly person: string;
  /** Hash of the bundle that this manifest speaks of. */
  readonly bundle: string;
  readonly serverTime: number;
  readonly entries: readonly ManifestEntry[];
  /** Event names that a live definition waits for: the page flushes these at once and batches the others. */
  readonly liveEvents: readonly string[];
}

/** A manifest as it travels: the exact text that was signed, and its ECDSA P-256 SHA-256 signature (base64url, r‖s). */
export interface SignedManifest {
  readonly manifest: string;
  readonly signature: string;
}

/** The body of `POST /v1/manifest` and `POST /v1/stream` (sent as text/plain, so that no preflight is needed). */
export interface ManifestRequest {
  readonly writeKey: string;
  readonly anonymousId: string;
  readonly userId?: string;
  /** A JWT of the customer's back end that proves the user id. */
  readonly token?: string;
}

/** What the loader script of an environment tells the shell. */
export interface LoaderConfig {
  readonly writeKey: string;
  readonly environment: string;
  /** Origin of this server, no slash at the end. */
  readonly host: string;
  /** Hash of the bundle that is current now. */
  readonly bundle: string;
  /** SPKI of the manifest signing key, base64. */
  readonly publicKey: string;
  /** Surface name → absolute URL of its chunk. */
  readonly surfaces: Readonly<Record<string, string>>;
}
