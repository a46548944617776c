/** The width of a text as Baidu's limits count it: a Chinese character is one, a Latin one is half. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 256 ? 0.5 : 1), 0);
