/** Runs a script. An error is printed as its message alone, and makes the exit code 1. */
export function runScript(main: () => Promise<void>): void {
  main().catch(error => {
    console.error(String(Object(error).message));
    process.exitCode = 1;
  });
}
