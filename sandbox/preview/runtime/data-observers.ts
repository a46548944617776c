import { cloneFields, deepEqual, getPath, parsePath, type Values } from './json-values';
import type { ComponentDefinition, Method } from './component-definition';

/** The observers of one instance: of single properties, and `observers` of any data. */
export class Observers {
  /** Data before the changes that data observers did not run for yet. */
  private before: Values | null = null;

  /**
   * @param instance whose data is observed, and which has the methods that observers are named by
   * @param call calls a function of the user with the instance
   * @param later runs work once the code that runs now is done
   */
  constructor(
    private readonly definition: ComponentDefinition,
    private readonly instance: Values & { data: Values },
    private readonly call: (method: Method, args: unknown[], where: string) => void,
    private readonly later: (work: () => void) => void,
  ) {}

  /** Runs those that are due because the first values differ from the defaults. */
  runInitial(): void {
    const initial: Values = { ...this.instance.data };
    for (const [name, property] of Object.entries(this.definition.properties)) {
      initial[name] = property.initial;
      this.onProperty(name, this.instance.data[name], property.initial);
    }
    this.runDataObservers(initial);
  }

  /** The data as it is now, to be compared with what becomes of it. What data observers look into changes in place. */
  snapshot(): Values {
    const { data } = this.instance;
    return this.definition.observers.length && !this.before ? cloneFields(data) : { ...data };
  }

  /** For data that the instance itself set. @param names the paths that were set; only whole properties count */
  onSetData(names: string[], before: Values): void {
    for (const name of names) {
      if (!this.definition.properties[name]?.observer) continue;
      this.later(() => this.onProperty(name, this.instance.data[name], before[name]));
    }
    this.onChange(before);
  }

  /** Data observers run once for all changes of a turn. */
  onChange(before: Values): void {
    if (!this.definition.observers.length || this.before) return;
    this.before = before;
    this.later(() => {
      const start = this.before ?? before;
      this.before = null;
      this.runDataObservers(start);
    });
  }

  /** Runs the observer of a property, if its value is another one. */
  onProperty(name: string, now: unknown, before: unknown): void {
    const observer = this.definition.properties[name]?.observer;
    if (!observer || deepEqual(now, before)) return;
    const method = typeof observer === 'string' ? this.instance[observer] : observer;
    if (typeof method === 'function') this.call(method as Method, [now, before], `observer of ${name}`);
  }

  private runDataObservers(before: Values): void {
    const { data } = this.instance;
    for (const { pattern, handler } of this.definition.observers) {
      const paths = pattern.split(',').map(path => parsePath(path.trim().replace(/\.?\*\*$/, '')));
      const isDifferent = paths.some(path => !deepEqual(getPath(before, path), getPath(data, path)));
      if (!isDifferent) continue;
      const values = paths.map(path => getPath(data, path));
      this.call(handler, values, `observer of ${pattern}`);
    }
  }
}
