/** Names of which there are at most so many are compared one after the other, others until they were asked for so often. */
const [few, often] = [24, 32];

/**
 * The names of a document's facts in the order in which they came, each once. A list and not the members of an object:
 * people do the same things in another order each, and for every order V8 makes a class of objects of its own, which
 * takes it longer than reading the text does.
 */
export class Names {
  static readonly none = new Names([]);
  readonly list: readonly string[];
  #asked = 0;
  #places: ReadonlyMap<string, number> | undefined;

  /** @param list each name once */
  constructor(list: readonly string[]) {
    this.list = list;
  }

  /** The place of a name, -1 where it is not there. */
  find(name: string): number {
    const { list } = this;
    // Names are read anew for every event, which asks for a handful: to make a map of them takes as long as asking so often.
    if (list.length <= few || (this.#places === undefined && ++this.#asked <= often)) return list.indexOf(name);
    this.#places ??= new Map(list.map((each, place) => [each, place]));
    return this.#places.get(name) ?? -1;
  }

  /** These names and behind them another, which is not among them. */
  with(name: string): Names {
    return new Names([...this.list, name]);
  }
}
