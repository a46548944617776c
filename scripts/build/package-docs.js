/**
 * Texts and pictures of the package. All but the READMEs lie below docs/, because the folders of the components are what
 * users copy.
 */
const fs = require('node:fs');
const path = require('node:path');

/** Where they are here -> where they are in the package. */
const places = components => ({
  ...Object.fromEntries(['README.md', 'README.zh-CN.md', 'CHANGELOG.md'].map(file => [file, file])),
  ...Object.fromEntries(['CONTRIBUTING.md', 'SECURITY.md'].map(file => [file, `docs/${file}`])),
  ...Object.fromEntries(
    [...components.map(name => [`components/${name}`, name]), ['merchant', 'merchant']].flatMap(
      ([from, to]) => ['.md', '.zh-CN.md'].map(ending => [`${from}/README${ending}`, `docs/${to}${ending}`]),
    ),
  ),
  ...Object.fromEntries(
    ['docs', 'docs/pictures']
      .flatMap(folder => fs.readdirSync(folder).map(name => `${folder}/${name}`))
      .filter(file => fs.statSync(file).isFile())
      .map(file => [file, file]),
  ),
});

/** A text whose links lead to where their targets are in the package. */
function relinked(from, placeOf) {
  return fs.readFileSync(from, 'utf8').replace(/(\]\()(?!https?:|#)([^)#\s]+)/g, (_all, start, link) => {
    const target = placeOf[path.posix.join(path.posix.dirname(from), link)];
    if (!target) throw new Error(`${from}: ${link} is not in the package`);
    return start + path.posix.relative(path.posix.dirname(placeOf[from]), target);
  });
}

/**
 * @param components their names
 * @returns what each file of the package's documentation holds, by its name there
 */
module.exports = function docs(components) {
  const placeOf = places(components);
  return Object.fromEntries(
    Object.entries(placeOf).map(([from, fileName]) => [
      fileName,
      from.endsWith('.md') ? relinked(from, placeOf) : fs.readFileSync(from),
    ]),
  );
};
