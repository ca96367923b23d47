/** Where an edge gets its time. Domain code never has one: time reaches it as data. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
