/**
 * The access_token of the 2.0 API: requested once, shared by concurrent calls, renewed before it expires.
 * Source: 开发者服务权限说明.
 */
import { isJsonObject, readInteger, readText } from '../json';
import { failure } from './failures';
import type { ApiResult } from './failures';
import { sendRequest } from './transport';
import type { Transport } from './transport';

interface Credentials {
  clientId: string;
  clientSecret: string;
  baseUrl: string;
}

export interface TokenCache {
  /** The cached token, or a new one; the failure of the request when there is none. */
  get(): Promise<ApiResult<string>>;
  /** Drops a token that the platform no longer takes; the next get() requests another one. */
  invalidate(token: string): void;
}

interface AccessToken {
  value: string;
  /** ms since the epoch */
  renewAt: number;
}

/** A token is renewed this long before it expires, or a tenth of its lifetime when that is less. */
const RENEW_BEFORE_MS = 10 * 60_000;

async function requestToken(
  { clientId, clientSecret, baseUrl }: Credentials,
  transport: Transport,
): Promise<ApiResult<AccessToken>> {
  const requestedAt = Date.now();
  const response = await sendRequest(
    {
      name: 'access_token',
      url: `${baseUrl}/oauth/2.0/token`,
      method: 'POST',
      query: {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: 'smartapp_snsapi_base',
      },
      isIdempotent: true,
    },
    transport,
  );
  if (!response.ok) return response;
  const body = isJsonObject(response.data) ? response.data : {};
  const value = readText(body.access_token);
  if (value === null) {
    return failure('malformed', 'NO_TOKEN', 'access_token: the answer holds no access_token', {
      retryable: true,
    });
  }
  const lifetime = Math.max(0, readInteger(body.expires_in) ?? 0) * 1000;
  return {
    ok: true,
    data: { value, renewAt: requestedAt + lifetime - Math.min(RENEW_BEFORE_MS, lifetime / 10) },
  };
}

/** Makes a cache of one token, which is requested with the first get(). */
export function createTokenCache(credentials: Credentials, transport: Transport): TokenCache {
  let cached: AccessToken | null = null;
  let pending: Promise<ApiResult<string>> | null = null;

  const request = async (): Promise<ApiResult<string>> => {
    const response = await requestToken(credentials, transport);
    if (!response.ok) return response;
    cached = response.data;
    return { ok: true, data: response.data.value };
  };

  return {
    async get() {
      if (cached && Date.now() < cached.renewAt) return { ok: true, data: cached.value };
      pending ??= request().finally(() => {
        pending = null;
      });
      return pending;
    },
    invalidate(token) {
      if (cached?.value === token) cached = null;
    },
  };
}
