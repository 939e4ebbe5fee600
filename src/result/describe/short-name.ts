/** A name that the page's author chose, cut to a sane length. */
export const shortName = (name: string): string => name.slice(0, MAX_LENGTH);

const MAX_LENGTH = 200;
