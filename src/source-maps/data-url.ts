/** The text of a `data:` address. https://www.rfc-editor.org/rfc/rfc2397 */
export function decodeDataUrl(address: string): string {
  const comma = address.indexOf(',');
  const body = address.slice(comma + 1);
  if (!/;base64$/i.test(address.slice(0, comma))) return decodeURIComponent(body);
  const bytes = Uint8Array.from(atob(body), (letter) => letter.codePointAt(0) ?? 0);
  return new TextDecoder().decode(bytes);
}
