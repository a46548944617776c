import type { Problem } from './problems';

/**
 * The object a .json file holds. Anything else is a problem of that file, told like those of templates and css.
 * @param file the file's name in the problem
 * @returns null when there is no object
 */
export function parseObject<T extends object>(text: string, file: string, problems: Problem[]): T | null {
  const refuse = (message: string): null => {
    problems.push({ file, line: 1, message });
    return null;
  };
  try {
    const value: unknown = JSON.parse(text);
    const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
    return isObject ? (value as T) : refuse('must hold an object');
  } catch (error) {
    return refuse(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
