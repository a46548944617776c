/**
 * What the server API answers: business `{ errno, msg, data }`, gateway `{ error_code, error_msg }`, or OAuth
 * `{ error, error_description }`.
 */
export interface Reply {
  status: number;
  body: unknown;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

export const problem = (errno: number, msg: string) => ({ errno, msg, data: null });

export const gateway = (code: number, message: string) => ({ error_code: code, error_msg: message });
