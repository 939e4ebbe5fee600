import type { CodePlace, FindingPlaces } from '../findings-result.ts';

/** What to look at, in a few words for a sentence or a line: a function with its file and line, a query, a request. */
export function placeWords({ code, sql, requests, serverName }: FindingPlaces): readonly string[] {
  const [place] = code;
  const [request] = requests;
  const ofCode = place === undefined ? [] : [codeWords(place)];
  const ofQuery = sql === null || sql === '' ? [] : [`“${cut(sql, SQL_LENGTH)}”`];
  if (ofCode.length + ofQuery.length > 0) return [...ofCode, ...ofQuery];
  if (serverName !== null && serverName !== '') return [serverName];
  return request === undefined ? [] : [`${request.method} ${pathOf(request.url)}`];
}

/** More of a query says nothing more in a line: all of it is in the JSON. */
const SQL_LENGTH = 60;

function codeWords({ functionName, url, line }: CodePlace): string {
  const at = line === null ? fileOf(url) : `${fileOf(url)}:${String(line)}`;
  return functionName === '' ? at : `${functionName} (${at})`;
}

/** The last folder and the file: enough to find it, and the folders before are mostly the same. */
const fileOf = (url: string): string => url.split(/[?#]/, 1)[0]?.split(/[\\/]/).slice(-2).join('/') ?? url;

/** An address without its server and its query. */
const pathOf = (url: string): string => /^[a-z]+:\/\/[^/?#]*([^?#]*)/i.exec(url)?.[1] ?? url;

const cut = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length)}…` : text;
