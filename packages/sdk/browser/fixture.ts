/** The test page of in-page scenarios: a sticky header of 64 px, a side bar, a form, an inner scroll box, a long table. */
export function fixturePage(
  options: { readonly head?: string; readonly body?: string; readonly html?: string; readonly snippet?: string } = {},
): string {
  const rows = Array.from(
    { length: 80 },
    (_, index) => `<tr><td>Row ${index + 1}</td><td>${index * 7}</td><td><button data-testid="edit-${index + 1}">Edit</button></td></tr>`,
  ).join('');
  const boxRows = Array.from({ length: 40 }, (_, index) => `<li data-testid="box-${index + 1}">Entry ${index + 1}</li>`).join('');
  return `<!doctype html><html lang="en" ${options.html ?? ''}><head><meta charset="utf-8"><title>Fixture</title><meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/fixture.css">${options.head ?? ''}
${options.snippet ?? '<script src="/sdk/wk_1.js"></script>'}</head>
<body><header id="header">Board <button data-testid="menu">Menu</button></header>
<nav id="side"><a href="#a">Home</a><a href="#b">Boards</a></nav>
<main id="main"><h1>Boards</h1><p>Plan the work, then do it.</p>
<form><label>Name <input name="board-name" data-testid="name"></label> <button type="button" data-testid="create">Create board</button></form>
<div id="box"><ul>${boxRows}</ul></div>
<div id="wide"><div id="wide-inner"><button data-testid="far">Far</button></div></div>
<table>${rows}</table>${options.body ?? ''}</main></body></html>`;
}

export const fixtureCss = `
body { margin: 0; font: 14px/20px system-ui, sans-serif; color: #1c2024; background: #fff; }
#header { position: sticky; top: 0; height: 64px; background: #f4f6f8; z-index: 10; display: flex; align-items: center; gap: 16px; padding: 0 24px; box-sizing: border-box; border-bottom: 1px solid #e3e5e8; }
#side { position: absolute; left: 0; top: 64px; width: 160px; padding: 24px; box-sizing: border-box; display: grid; gap: 8px; }
#main { margin-left: 160px; padding: 24px; max-width: 760px; }
#box { height: 160px; overflow: auto; border: 1px solid #e3e5e8; margin: 24px 0; }
#box li { height: 24px; }
#wide { width: 400px; overflow-x: auto; border: 1px solid #e3e5e8; margin: 24px 0; }
#wide-inner { width: 1600px; padding-left: 1300px; }
button { font: inherit; padding: 4px 12px; }
td { padding: 8px; }
@media (max-width: 600px) { #side { display: none } #main { margin-left: 0 } }
`;
