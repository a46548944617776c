/** The first version's names for the settings that have other names by now. */
type Values = Record<string, unknown>;

const SETTINGS: Record<string, string | null> = {
  userId: 'owner',
  requestAdapter: 'request',
  onOutcome: null,
};

const TIMING: Record<string, string> = {
  createTimeout: 'order',
  statusTimeout: 'look',
  confirmDelays: 'confirm',
  failureDelays: 'shortConfirm',
  callTimeout: 'watchdog',
  minCallInterval: 'guard',
  recordTtl: 'remember',
};

export function toFirstVersionSettings(settings: Values): Values {
  const renamed: Values = {};
  for (const [name, value] of Object.entries(settings)) {
    const first = name in SETTINGS ? SETTINGS[name] : name;
    if (first) renamed[first] = first === 'timing' ? renameTiming(value as Values) : value;
  }
  return renamed;
}

function renameTiming(timing: Values): Values {
  return Object.fromEntries(Object.entries(timing).map(([name, value]) => [TIMING[name] ?? name, value]));
}
