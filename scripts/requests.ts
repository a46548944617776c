/** Requests to post, as fetch takes them. */

export function json(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { method: 'POST', body: text, headers: { 'Content-Type': 'application/json', ...headers } };
}

export function form(params: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(params) };
}
