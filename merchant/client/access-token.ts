/**
 * The access_token of the 2.0 API: asked for once, shared by concurrent calls, renewed before it expires.
 * Source: 开发者服务权限说明.
 */
import { isJsonObject } from '../json';
import { readInteger, readText } from '../json';
import { failure } from './result';
import type { ApiResult } from './result';
import { sendRequest } from './transport';
import type { Transport } from './transport';

interface Credentials {
  clientId: string;
  clientSecret: string;
  baseUrl: string;
}

interface AccessToken {
  get(): Promise<ApiResult<string>>;
  /** The platform no longer takes this token; the next get() asks for another one. */
  drop(token: string): void;
}

interface Kept {
  token: string;
  /** ms since the epoch */
  renewAt: number;
}

/** Renewed this much before its end, or a tenth of its life when that is less. */
const EARLY_MS = 10 * 60_000;

export function accessToken(credentials: Credentials, transport: Transport): AccessToken {
  let kept: Kept | null = null;
  let asking: Promise<ApiResult<string>> | null = null;

  const ask = async (): Promise<ApiResult<string>> => {
    const asked = Date.now();
    const answer = await sendRequest(
      {
        name: 'access_token',
        url: `${credentials.baseUrl}/oauth/2.0/token`,
        method: 'POST',
        query: {
          grant_type: 'client_credentials',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
          scope: 'smartapp_snsapi_base',
        },
        safe: true,
      },
      transport,
    );
    if (!answer.ok) return answer;
    const body = isJsonObject(answer.data) ? answer.data : {};
    const token = readText(body.access_token);
    if (token === null) {
      return failure('malformed', 'NO_TOKEN', 'access_token: the answer holds no access_token', true);
    }
    const life = Math.max(0, readInteger(body.expires_in) ?? 0) * 1000;
    kept = { token, renewAt: asked + life - Math.min(EARLY_MS, life / 10) };
    return { ok: true, data: token };
  };

  return {
    async get() {
      if (kept && Date.now() < kept.renewAt) return { ok: true, data: kept.token };
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    drop(token) {
      if (kept?.token === token) kept = null;
    },
  };
}
