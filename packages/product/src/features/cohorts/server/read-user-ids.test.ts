import { describe, expect, it } from 'vitest';
import { readUserIds } from './read-user-ids.ts';

const read = (text: string, column?: string) => readUserIds(new TextEncoder().encode(text), column);

describe('user ids of a file', () => {
  it.each([
    ['by the usual name', 'name,User ID\nAda,u1\nBob,u2\n', 'User ID', ['u1', 'u2']],
    ['behind the mark of a spreadsheet', '\ufeffuser_id,name\r\nu1,Ada\r\n', 'user_id', ['u1']],
    ['of an only column', 'id\n u1 \n\nu1\nu2\n', 'id', ['u1', 'u2']],
    ['without a heading: the first line is one', 'u1\nu2\n', 'u1', ['u1', 'u2']],
    ['with quotes', 'id,note\n"u,1",x\n', 'id', ['u,1']],
    [
      'with semicolons, as spreadsheets write them where a comma is the decimal sign',
      '\ufeffName;user_id;Score\r\nAda;u1;3,5\r\n',
      'user_id',
      ['u1'],
    ],
    ['with tabs', 'user_id\tname\nu1\tLovelace, Ada; Countess\n', 'user_id', ['u1']],
    ['of an only column, with a semicolon in an id', 'id\na;b\n', 'id', ['a;b']],
    ['of none of several others', 'name,mail\nAda,a@x\n', null, []],
  ])('%s', async (_, text, column, ids) => {
    expect(await read(text)).toMatchObject({ column, ids });
  });

  it('of the column that was chosen', async () => {
    expect(await read('id,mail\nu1,a@x\n', 'mail')).toEqual({ columns: ['id', 'mail'], column: 'mail', ids: ['a@x'] });
  });

  it.each([
    ['a column that is not there', 'id\nu1\n', 'mail', 'no_column'],
    ['an empty file', '', undefined, 'no_table'],
    ['what is no text', 'PK\u0003\u0004\u0000\u0000', undefined, 'no_table'],
    ['a quote that never ends', 'id\n"u1\n', undefined, 'no_table'],
  ])('refuses %s', async (_, text, column, code) => {
    await expect(read(text, column)).rejects.toMatchObject({ code });
  });
});
