/** Takes each rule out of the source in turn: a rule whose removal nothing notices would not be tested. */
import fs from 'node:fs';
import path from 'node:path';
import { MUTATIONS } from './mutations';
import { bundleMutant } from './world/library';
import { record, type Story } from './world/recorder';
import { playWith, violations } from './world/stage';

const STORIES = path.join(__dirname, 'scenarios');

/** A story whose promise waits for a time that does not pass has failed as well; real ms. */
const PATIENCE = 5000;

jest.setTimeout(60_000);

const stories = new Map<string, Story>();
for (const file of fs.readdirSync(STORIES).sort()) {
  for (const story of record(() => void jest.requireActual(path.join(STORIES, file)))) {
    stories.set(`${file.replace('.test.ts', '')}: ${story.name}`, story);
  }
}

async function fails(play: () => unknown): Promise<boolean> {
  violations();
  let timer: NodeJS.Timeout | undefined;
  try {
    const waited = new Promise<'waited'>(resolve => (timer = setTimeout(() => resolve('waited'), PATIENCE)));
    const end = await Promise.race([play(), waited]);
    return end === 'waited' || violations().length > 0;
  } catch {
    return true;
  } finally {
    clearTimeout(timer);
    violations();
  }
}

afterEach(() => playWith(undefined));

test.each(MUTATIONS)('rule $rule: that $name is noticed', async mutation => {
  const story = stories.get(mutation.noticedBy);
  if (!story) throw new Error(`there is no story "${mutation.noticedBy}"`);
  expect(await fails(story.play)).toBe(false);
  playWith(await bundleMutant(mutation));
  expect(await fails(story.play)).toBe(true);
});
