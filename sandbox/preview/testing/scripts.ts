import { join } from 'node:path';
import { capture, type Registration } from '../runtime/registration';

/** What the route of a page without files begins with. */
export const INLINE_PAGE = 'inline-page-';

const known = new Map<string, Registration>();

/** Says what a script registers, instead of running it. */
export function register(id: string, registration: Registration): void {
  known.set(id, registration);
}

/** Runs a unit's script with Jest's own require, once, and answers what it registered. */
export function registrationOf(root: string, id: string): Registration | null {
  const registration = known.get(id);
  if (registration || id === 'app') return registration ?? null;
  const found = capture(() => void jest.requireActual(join(root, id)));
  if (found) known.set(id, found);
  return found;
}

/** Forgets what the test itself registered. */
export function forgetInline(): void {
  for (const id of known.keys()) if (id === 'app' || id.startsWith(INLINE_PAGE)) known.delete(id);
}

/** Every script and module runs anew when it is asked for. */
export function forgetModules(): void {
  known.clear();
  jest.resetModules();
}
