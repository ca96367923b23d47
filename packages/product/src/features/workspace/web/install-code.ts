/** The two lines for the page, the calls that matter, and a first event from a terminal. `origin` is the server's, no slash at the end. */
export function installCode(origin: string, writeKey: string) {
  return {
    page: `<script>window.gangway = window.gangway || [];</script>
<script async src="${origin}/sdk/${writeKey}.js"></script>`,
    calls: `// When somebody signs in or up
gangway.push(['identify', user.id, { name: user.name, email: user.email }]);
gangway.push(['group', company.id, { name: company.name }]);

// When they do something that matters
gangway.push(['track', 'Board Created', { boardId: board.id }]);`,
    server: `curl -u '${writeKey}:' ${origin}/v1/track \\
  -H 'content-type: application/json' \\
  -d '{"userId":"ada","event":"Signed Up","messageId":"first-1"}'`,
  };
}
