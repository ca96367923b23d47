import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Problem } from '@gangway/product/kernel/problem.ts';

/** AES-256-GCM; `context` is authenticated, so a sealed text cannot be moved to another record. */
export function seal(key: Buffer, text: string, context: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return ['v1', nonce.toString('base64url'), body.toString('base64url'), cipher.getAuthTag().toString('base64url')].join('.');
}

export function unseal(key: Buffer, sealed: string, context: string): string {
  const [version, nonce = '', body = '', tag = ''] = sealed.split('.');
  try {
    if (version !== 'v1') throw new Error('unknown version');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
      .setAAD(Buffer.from(context))
      .setAuthTag(Buffer.from(tag, 'base64url'));
    return Buffer.concat([decipher.update(Buffer.from(body, 'base64url')), decipher.final()]).toString('utf8');
  } catch {
    throw new Problem(
      'wrong_master_key',
      500,
      'A stored secret cannot be opened: secret.key in the data folder is not the one it was sealed with. Put the right one back.',
    );
  }
}
