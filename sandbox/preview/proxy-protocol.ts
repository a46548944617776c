/** How requests of the mini-program reach its backend. */
export interface BackendAddress {
  /** The origin that the mini-program requests. */
  origin: string;
  /** Origin of the server that answers; null when it is the preview's own server. */
  server: string | null;
}

/** Where the preview's server takes requests for another server. */
export const BACKEND_PATH = '/preview/backend';

/** The request's cookie, which a browser lets no script set. */
export const COOKIE_HEADER = 'x-preview-cookie';

/** The answer's cookies, which a browser lets no script read. */
export const SET_COOKIE_HEADER = 'x-preview-set-cookie';

/** Why there is no answer of the backend, as encodeURIComponent writes it. */
export const FAILURE_HEADER = 'x-preview-failure';
