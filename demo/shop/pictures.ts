/** Pictures of the products: a few lines on paper each, drawn here so that the demo needs no other files. */

const INK = '#3b4a45';

/** @param strokes SVG elements on a square of 200 */
function drawing(paper: string, strokes: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200" viewBox="0 0 200 200">
<rect width="200" height="200" fill="${paper}"/>
<g fill="none" stroke="${INK}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round">${strokes}
</g>
</svg>
`;
}

const DRAWINGS: Record<string, string> = {
  postcard: drawing(
    '#f3eee3',
    `
      <rect x="34" y="50" width="132" height="100" rx="4" fill="#fffdf8"/>
      <path d="M34 128 70 92l22 20 34-40 40 44" fill="#a9bfae"/>
      <circle cx="62" cy="76" r="9" fill="#dc8b6a" stroke="none"/>
      <path d="M138 60h18v20h-18z" fill="#f3eee3"/>`,
  ),
  jasmine: drawing(
    '#e9f0ea',
    `
      <path d="M76 44h48l-6 20v84a10 10 0 0 1-10 10H92a10 10 0 0 1-10-10V64z" fill="#fffdf8"/>
      <path d="M82 96h36v50a8 8 0 0 1-8 8H90a8 8 0 0 1-8-8z" fill="#d9e4b4"/>
      <circle cx="100" cy="118" r="3" fill="#f0c96a"/>
      <path d="M100 106c6 0 6 8 0 9-6-1-6-9 0-9zm0 24c6 0 6-8 0-9-6 1-6 9 0 9zm-12-12c0-6 8-6 9 0-1 6-9 6-9 0zm24 0c0-6-8-6-9 0 1 6 9 6 9 0z" fill="#fff"/>`,
  ),
  'pine-smoke': drawing(
    '#ece7e2',
    `
      <path d="M62 66h76l6 92H56z" fill="#5b4a42"/>
      <path d="M62 66l6-12h64l6 12" fill="#6d5a50"/>
      <path d="M100 88v46m0-40-14 12m14-12 14 12m-14 6-18 14m18-14 18 14" stroke="#ece7e2"/>`,
  ),
  'white-tea': drawing(
    '#f2efe6',
    `
      <circle cx="100" cy="102" r="54" fill="#cfc3a4"/>
      <circle cx="100" cy="102" r="44" fill="#dcd2b8"/>
      <path d="M76 96c10-14 30-14 38-4-12 12-28 14-38 4zm16 24c8-10 24-10 32-2-10 10-24 10-32 2zm-20-2c4-8 14-8 18-4-6 8-12 8-18 4z" fill="#a3a27a"/>`,
  ),
  osmanthus: drawing(
    '#f6eeda',
    `
      <rect x="64" y="62" width="72" height="94" rx="8" fill="#c89b4a"/>
      <path d="M60 62a8 8 0 0 1 8-8h64a8 8 0 0 1 8 8v10H60z" fill="#a87c33"/>
      <circle cx="100" cy="114" r="24" fill="#f6eeda"/>
      <path d="M100 98v32M84 114h32M89 103l22 22m0-22-22 22" stroke="#c89b4a"/>`,
  ),
  cup: drawing(
    '#e6eeec',
    `
      <path d="M42 92h56c0 26-10 42-28 42S42 118 42 92z" fill="#a9c8bd"/>
      <path d="M102 92h56c0 26-10 42-28 42s-28-16-28-42z" fill="#b9d4ca"/>
      <path d="M58 134h24v6H58zm60 0h24v6h-24z" fill="#8fb3a6"/>
      <path d="M64 78c-4-6 4-8 0-16m16 16c-4-6 4-8 0-16"/>`,
  ),
  kettle: drawing(
    '#e8e6e3',
    `
      <path d="M60 92c0-16 80-16 80 0l10 42c2 14-10 22-22 22H72c-12 0-24-8-22-22z" fill="#4b4b4d"/>
      <path d="M70 88c0-48 60-48 60 0" fill="none"/>
      <path d="M148 112c14-2 14-18 24-20" fill="none"/>
      <path d="M84 80h32v-8h-10v-6H94v6H84z" fill="#6a6a6d"/>
      <path d="M66 120h68M64 132h72" stroke="#6a6a6d"/>`,
  ),
  gaiwan: drawing(
    '#efe8e0',
    `
      <path d="M52 96h96c0 30-18 48-48 48S52 126 52 96z" fill="#b98a6b"/>
      <path d="M60 90c8-22 72-22 80 0z" fill="#a3745a"/>
      <path d="M92 70h16v-8H92z" fill="#8f6450"/>
      <path d="M40 150c20 10 100 10 120 0" fill="none"/>
      <path d="M66 104c10 22 22 28 34 30" stroke="#e3c7ad" fill="none"/>`,
  ),
};

export function pictureUrl(sku: string, origin: string): string {
  return `${origin}/shop/pictures/${sku}.svg`;
}

/**
 * Draws a product.
 *
 * @returns an SVG document, 200 by 200; plain paper for a product that has no drawing
 */
export function drawProduct(sku: string): string {
  return DRAWINGS[sku] ?? drawing('#eeeeee', '');
}
