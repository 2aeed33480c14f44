/**
 * Tokenization for engines without Chinese support: character bigrams.
 *
 *   中国人 5G  ─▶  中国 国人 人 5g
 *
 * The last character of a run is a separate token, so that every character starts a token and single characters can be
 * searched as prefixes. Width and case are folded (NFKC); character variants are not.
 */

const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}々〇';
const RUN = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}])+`, 'gu');
const STARTS_CJK = new RegExp(`^[${CJK}]`, 'u');

/** Returns a text as seen by a linear scan. */
export const plain = text => text.normalize('NFKC').toLowerCase();

/** Returns the tokens of a text. */
export const tokens = text => runs(text).flatMap(run => STARTS_CJK.test(run) ? [...pairs(run), [...run].at(-1)] : [run]);

/** Returns the tokens of each word of a query; all are required, and a single character is a prefix. */
export function wanted(query) {
  const cut = run => STARTS_CJK.test(run) && !isPrefix(run) ? pairs(run) : [run];
  return query.split(/\s+/).map(word => runs(word).flatMap(cut)).filter(word => word.length);
}

/** Returns true if a token of a query is a single Chinese character. */
export const isPrefix = token => STARTS_CJK.test(token) && [...token].length === 1;

const runs = text => plain(text).match(RUN) ?? [];

const pairs = run => [...run].map((character, at, all) => character + all[at + 1]).slice(0, -1);
