/** How requests of the mini-program get from the page to its backend. */
export interface BackendAddress {
  /** Where the mini-program writes that its backend is. */
  origin: string;
  /** Origin of the server that it is; null when the preview's own server is it. */
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
