/** The path of an address, without host, query and fragment: two versions of a page are served at two places. */
export const pathOf = (address: string): string =>
  address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
