/** Whether a script is of another site than the page: another last two parts of the host, which is what most sites are. */
export function isThirdParty(scriptUrl: string, pageUrl: string): boolean {
  const script = siteOf(scriptUrl);
  const page = siteOf(pageUrl);
  return script !== undefined && page !== undefined && script !== page;
}

function siteOf(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return undefined;
  // An address in figures has no site but itself.
  if (/^[\d.]+$|:/.test(parsed.hostname)) return parsed.hostname;
  return parsed.hostname.split('.').slice(-2).join('.');
}
