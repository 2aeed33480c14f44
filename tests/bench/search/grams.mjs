/**
 * How the engines that know no Chinese are given it: pairs of neighbouring characters.
 *
 *   中国人 5G  ─▶  中国 国人 人 5g
 *
 * The last character of a run stands alone too, so that every character begins a token and a single one can be
 * looked for as a prefix. Widths and case are folded (NFKC); variants of characters are not.
 */

const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〇';
const RUN = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}])+`, 'gu');
const STARTS_CJK = new RegExp(`^[${CJK}]`, 'u');

/** A text as a plain scan sees it. */
export const plain = text => text.normalize('NFKC').toLowerCase();

/** The tokens of a text. */
export const tokens = text => runs(text).flatMap(run => STARTS_CJK.test(run) ? [...pairs(run), [...run].at(-1)] : [run]);

/** The tokens of each word of a query: all have to be there; a single character is a prefix. */
export function wanted(query) {
  const cut = run => STARTS_CJK.test(run) && !isPrefix(run) ? pairs(run) : [run];
  return query.split(/\s+/).map(word => runs(word).flatMap(cut)).filter(word => word.length);
}

/** Whether a token of a query is a single Chinese character. */
export const isPrefix = token => STARTS_CJK.test(token) && [...token].length === 1;

const runs = text => plain(text).match(RUN) ?? [];

const pairs = run => [...run].map((character, at, all) => character + all[at + 1]).slice(0, -1);
