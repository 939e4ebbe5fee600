/** Tells scripts of another site than the page's: another last two parts of the host, which is what most sites are. */
export function thirdParties(pageUrl: string): (scriptUrl: string) => boolean {
  const page = siteOf(pageUrl);
  // Thousands of functions share a few hundred scripts, and to take an address apart takes long.
  const known = new Map<string, boolean>();
  return (scriptUrl) => {
    const answer = known.get(scriptUrl) ?? isOther(siteOf(scriptUrl), page);
    known.set(scriptUrl, answer);
    return answer;
  };
}

const isOther = (script: string | undefined, page: string | undefined): boolean =>
  script !== undefined && page !== undefined && script !== page;

function siteOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return undefined;
  // An address in figures has no site but itself.
  if (/^[\d.]+$|:/.test(parsed.hostname)) return parsed.hostname;
  return parsed.hostname.split('.').slice(-2).join('.');
}
