import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Queryable } from '../../../lib/database';
import { nameOfValue, type PaymentService } from '../services';

type TokenAnswer =
  | {
      access_token: string;
      /** seconds */
      expires_in: number;
      refresh_token: string;
      scope: string;
      session_key: string;
      session_secret: string;
    }
  | { error: string; error_description: string };

/** 110 and 111 of Baidu's common list: no such token, and one whose month is over. */
type TokenCheck = { valid: true; clientId: string } | { valid: false; code: 110 | 111; message: string };

/** `POST /oauth/2.0/token`. Source: 开发者服务权限说明. */
export async function grantToken(
  db: Queryable,
  services: PaymentService[],
  values: Record<string, string>,
  { tokenLifetime, now }: { tokenLifetime: number; now: number },
): Promise<TokenAnswer> {
  const { grant_type: grantType, client_id: clientId = '', client_secret: secret = '', scope } = values;
  if (grantType !== 'client_credentials') {
    return {
      error: 'unsupported_grant_type',
      error_description: 'The authorization grant type is not supported',
    };
  }
  const service = services.find(candidate => candidate.clientId === clientId);
  const refused = (description: string) => ({ error: 'invalid_client', error_description: description });
  if (!service) {
    const given = nameOfValue(services, clientId);
    if (given === null) return refused('unknown client id');
    return refused(`client_id is ${given}; client_id must be the App Key of the mini-program`);
  }
  if (!sameText(service.clientSecret, secret)) {
    const given = nameOfValue(services, secret);
    if (given === null) return refused('Client authentication failed');
    return refused(`client_secret is ${given}; client_secret must be its App Secret`);
  }
  const expiry = Math.floor(now / 1000) + tokenLifetime;
  const token = `24.${randomBytes(16).toString('hex')}.${tokenLifetime}.${expiry}.282335-${randomBytes(4).readUInt32BE()}`;
  await db.query('INSERT INTO baidu.tokens (token, client_id, expires_at) VALUES ($1, $2, $3)', [
    token,
    clientId,
    now + tokenLifetime * 1000,
  ]);
  return {
    access_token: token,
    expires_in: tokenLifetime,
    refresh_token: `25.${randomBytes(16).toString('hex')}`,
    scope: scope || 'public smartapp_snsapi_base',
    session_key: '',
    session_secret: '',
  };
}

export async function checkToken(
  db: Queryable,
  services: PaymentService[],
  token: string | undefined,
  now: number,
): Promise<TokenCheck> {
  const { rows } = await db.query<{ client_id: string; expires_at: number }>(
    'SELECT client_id, expires_at FROM baidu.tokens WHERE token = $1',
    [token ?? ''],
  );
  const [found] = rows;
  const invalid = { valid: false, code: 110, message: 'Access token invalid or no longer valid' } as const;
  if (!found) return invalid;
  // Tokens outlive a restart, the App Key may not.
  if (!services.some(({ clientId }) => clientId === found.client_id)) {
    const hint = `it was granted to the App Key ${found.client_id}, which is another one since the sandbox was started again`;
    return { ...invalid, message: `${invalid.message}: ${hint}` };
  }
  if (found.expires_at <= now) return { valid: false, code: 111, message: 'Access token expired' };
  return { valid: true, clientId: found.client_id };
}

/** Makes a token count as expired, as after a month. */
export async function expireToken(db: Queryable, token: string | undefined): Promise<void> {
  await db.query('UPDATE baidu.tokens SET expires_at = 0 WHERE token = $1', [token ?? '']);
}

function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
