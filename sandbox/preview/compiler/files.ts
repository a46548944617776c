import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** A file's path relative to the mini-program, with forward slashes; how messages and addresses name it. */
export const nameIn = (root: string, file: string): string => relative(root, file).split(sep).join('/');

/** The folder a file is in and all around it, the nearest first: where a package it names may be installed. */
export function foldersAround(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAround(folder)];
}

const ASSETS = /\.(png|jpe?g|gif|svg|webp|ico|woff2?|ttf)$/i;

/** Pictures and fonts of a mini-program: absolute file by path. */
export function listAssets(root: string): Map<string, string> {
  const files = listFiles(root).filter(file => ASSETS.test(file));
  return new Map(files.map(file => [`/${nameIn(root, file)}`, file]));
}

/** Changes whenever a file of the mini-program does. */
export function fingerprint(root: string): string {
  return listFiles(root)
    .map(file => `${file} ${statSync(file).mtimeMs}`)
    .join('\n');
}

function listFiles(root: string): string[] {
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
}
