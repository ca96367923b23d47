/** A link's key: `user:u1`, `anonymous:a1`; `claimed:u1` for whoever says so without proof where proof is required. */
export type LinkKey = `user:${string}` | `anonymous:${string}` | `claimed:${string}`;
