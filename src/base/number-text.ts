/**
 * A number as people read it, `1,795.3`: in groups of three digits, as Chrome DevTools and Lighthouse write it, with so many decimals, and
 * never "-0". By hand, since the first `Intl.NumberFormat` takes a process 10 ms.
 */
export function numberText(value: number, decimals = 0): string {
  const [digits = '', ...fraction] = value.toFixed(decimals).split('.');
  const text = [digits.replaceAll(GROUP_START, ','), ...fraction].join('.');
  return Number(text) === 0 ? text.replace('-', '') : text;
}

/** Before each group but the first. */
const GROUP_START = /\B(?=(?:\d{3})+$)/g;
