/** Programs from npm that tests alone drive: the package, its size and npm's arguments. */
export const testTools = {
  // Fetched unasked only where a machine is there for tests.
  chdb: { title: 'The engine of ClickHouse', package: 'chdb', version: '3.4.0', size: '540 MB', large: true, args: [] },
  // Its optional queue in Redis brings a native part, and the client sends without it.
  rudder: {
    title: 'RudderStack’s client',
    package: '@rudderstack/rudder-sdk-node',
    version: '3.0.13',
    size: '5 MB',
    large: false,
    args: ['--omit=optional'],
  },
};
