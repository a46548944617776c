/**
 * `describe` for tests that need what not every machine has. Without it they fail by name instead of vanishing when CI is
 * set; elsewhere a test says in the output that they were not run.
 *
 * @param missing what there is none of, and how to get it
 */
export function describeIf(present: boolean, missing: string, name: string, tests: () => void): void {
  if (present) {
    describe(name, tests);
    return;
  }
  const notRun = `NOT RUN, no ${missing}: ${name}`;
  test(notRun, () => {
    if (process.env.CI) throw new Error(notRun);
    console.warn(notRun);
  });
}
