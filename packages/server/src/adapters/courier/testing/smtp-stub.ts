import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail as the stub took it: envelope and raw text, line ends as CRLF, dots unstuffed. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface SmtpStub {
  readonly port: number;
  readonly taken: readonly TakenMail[];
  close(): Promise<void>;
}

/**
 * A small SMTP server on a free port of this machine. `answer` may change what is said to a command (its first
 * word in capitals and its line); undefined means the usual, null means silence.
 */
export async function startSmtpStub(
  answer: (command: string, line: string) => string | undefined | null = () => undefined,
): Promise<SmtpStub> {
  const taken: TakenMail[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, { answer, take: (mail) => taken.push(mail) });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function converse(
  socket: Socket,
  { answer, take }: { answer: (command: string, line: string) => string | undefined | null; take: (mail: TakenMail) => void },
): void {
  let buffer = '';
  let envelope = { from: '', to: [] as string[] };
  let inData = false;
  const say = (command: string, line: string, usual: string) => {
    const text = answer(command, line);
    if (text !== null) socket.write(`${text ?? usual}\r\n`);
    return (text ?? usual).startsWith('2') || (text ?? usual).startsWith('3');
  };
  const obey = (line: string) => {
    const command = line.split(/[ :]/, 1)[0]?.toUpperCase() ?? '';
    if (command === 'EHLO') say(command, line, '250-stub\r\n250 AUTH PLAIN');
    else if (command === 'AUTH') say(command, line, '235 welcome');
    else if (command === 'MAIL') {
      envelope = { from: line.slice(10).replace(/[<>].*/g, ''), to: [] };
      say(command, line, '250 ok');
    } else if (command === 'RCPT') {
      if (say(command, line, '250 ok')) envelope.to.push(line.replace(/^RCPT TO:<(.*)>.*$/i, '$1'));
    } else if (command === 'DATA') inData = say(command, line, '354 go on');
    else if (command === 'QUIT') socket.end('221 bye\r\n');
    else say(command, line, '250 ok');
  };
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    buffer += chunk;
    for (;;) {
      const ending = inData ? '\r\n.\r\n' : '\r\n';
      const end = buffer.indexOf(ending);
      if (end < 0) return;
      const text = buffer.slice(0, end);
      buffer = buffer.slice(end + ending.length);
      if (!inData) obey(text);
      else {
        inData = false;
        if (say('.', '', '250 taken')) take({ ...envelope, raw: text.replace(/^\.\./gm, '.') });
      }
    }
  });
  say('GREETING', '', '220 stub');
}

/** The value of a header with its folding and its encoded words undone; empty when there is none. */
export function headerOf(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const value =
    head
      .split('\r\n')
      .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  return value.replace(/(\?=) (?==\?)/g, '$1').replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, kind: string, text: string) => {
    if (kind.toLowerCase() === 'b') return Buffer.from(text, 'base64').toString('utf8');
    return quotedPrintable(text.replaceAll('_', ' '));
  });
}

/** The text of a quoted-printable mail, lines ended by `\n`. */
export function textOf(raw: string): string {
  // The line end before the closing dot is the last of the text, or that of the empty line when there is no text.
  return quotedPrintable(raw.slice(`${raw}\r\n`.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '')).replaceAll('\r\n', '\n');
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
