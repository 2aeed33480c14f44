/** Plots figures by corpus size: `node plot.mjs OUT… > growth.svg`. Both axes are logarithmic. */

import { results } from './table.mjs';

const PANELS = [
  ['build_s', 'build, s'], ['build_mb', 'peak memory of the build, MB'], ['index_bytes', 'index, bytes'],
  ['index_files', 'index, files'], ['cold_bytes', 'first search, bytes'], ['cold_ms_ids', 'first search to ids, ms'],
  ['cold_ms_ten', 'first search to ten results, ms'], ['warm_p50_ms', 'warm query, median, ms'], ['warm_p99_ms', 'warm query, p99, ms'],
];
/** Colours of Okabe and Ito, distinguishable with colour vision deficiency. */
const COLOURS = {
  sheaf: '#d55e00', pagefind: '#0072b2', minisearch: '#009e73', flexsearch: '#cc79a7',
  sqlite: '#e69f00', 'scan-js': '#56b4e9', scan: '#777777',
};
const [COLUMNS, WIDTH, HEIGHT, LEFT, TOP, ROOM] = [3, 230, 150, 50, 40, 50];

const runs = (await Promise.all(process.argv.slice(2).map(results))).sort((a, b) => a.articles - b.articles);
const names = Object.keys(COLOURS).filter(name => runs.some(run => name in run.engines));

/** Returns the decades around `values`, as exponents of ten. */
function decades(values) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  return [low, Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))];
}

const between = ([low, high]) => Array.from({ length: high - low + 1 }, (_, step) => low + step);
const power = exponent => exponent < 0 ? String(10 ** exponent) : `${10 ** (exponent % 3)}${['', 'k', 'M', 'G'][Math.floor(exponent / 3)]}`;

function panel([key, title], at) {
  const lines = names.map(name => [name, runs.map(run => [run.articles, run.engines[name]?.[key]]).filter(point => point[1] > 0)]);
  const points = lines.flatMap(line => line[1]);
  if (!points.length) return '';
  const [across, up] = [decades(runs.map(run => run.articles)), decades(points.map(point => point[1]))];
  const x = value => ((Math.log10(value) - across[0]) / (across[1] - across[0]) * WIDTH).toFixed(1);
  const y = value => ((up[1] - Math.log10(value)) / (up[1] - up[0]) * HEIGHT).toFixed(1);
  const grid = [
    ...between(across).map(e => `<path d="M${x(10 ** e)} 0V${HEIGHT}"/><text x="${x(10 ** e)}" y="${HEIGHT + 14}" text-anchor="middle">${power(e)}</text>`),
    ...between(up).map(e => `<path d="M0 ${y(10 ** e)}H${WIDTH}"/><text x="-6" y="${y(10 ** e)}" dy="4" text-anchor="end">${power(e)}</text>`),
  ];
  const drawn = lines.map(([name, line]) => `<g fill="${COLOURS[name]}" stroke="${COLOURS[name]}">`
    + `<polyline fill="none" stroke-width="2" points="${line.map(([a, b]) => `${x(a)},${y(b)}`).join(' ')}"/>`
    + line.map(([a, b]) => `<circle cx="${x(a)}" cy="${y(b)}" r="3"/>`).join('') + '</g>');
  const left = LEFT + (at % COLUMNS) * (WIDTH + LEFT + 10);
  const top = TOP + ROOM + Math.floor(at / COLUMNS) * (HEIGHT + ROOM + TOP);
  return `<g transform="translate(${left} ${top})"><text y="-10" class="title">${title}</text><g class="grid">${grid.join('')}</g>${drawn.join('')}</g>`;
}

const width = COLUMNS * (WIDTH + LEFT + 10) + 10;
const height = TOP + Math.ceil(PANELS.length / COLUMNS) * (HEIGHT + ROOM + TOP);
const key = names.map((name, at) => `<g transform="translate(${LEFT + at * 110} 24)"><circle r="5" cy="-4" fill="${COLOURS[name]}"/><text x="10">${name}</text></g>`);
console.log(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<style>text{font:11px sans-serif;fill:#333}.title{font-weight:bold}.grid path{stroke:#ddd}</style>
<rect width="100%" height="100%" fill="#fff"/>
${key.join('\n')}
${PANELS.map(panel).join('\n')}
</svg>`);
