/** An origin as a setting may name it, with the slash that a browser shows after it. */
export const ORIGIN: RegExp = /^https?:\/\/[^\s/?#@]+\/?$/;

/** Whether a page came from another origin than the one that was asked for, and than those that are allowed beside it. */
export function leadsElsewhere(asked: string, got: string, allowedOrigins: readonly string[]): boolean {
  const origin = originOf(got);
  return ![asked, ...allowedOrigins].some((address) => originOf(address) === origin);
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : address);
