export interface BoardOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** 127.0.0.1 when absent. */
  readonly host?: string;
  /** Where `corkboard.json` lives; made when absent. */
  readonly dataFolder: string;
  /** Origin of Gangway; without it and `writeKey` nothing is sent. */
  readonly gangway?: string | undefined;
  readonly writeKey?: string | undefined;
  readonly log?: (line: string) => void;
}

/** Starts Corkboard; rejects when the port is in use or the data cannot be read. */
export function startBoard(options: BoardOptions): Promise<{ url: string; close: () => Promise<void> }>;
