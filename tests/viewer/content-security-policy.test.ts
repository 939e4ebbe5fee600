import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { OPEN_PAGE, REPORT, sealed } from '../../viewer/build/content-security-policy.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

const PAGE =
  '<!-- content-security-policy --><style>a{}</style><script type="module" crossorigin>let é = 1;</script>';

test('the policy allows the very script and style of the page and nothing else', async () => {
  const page = await sealed(PAGE, REPORT);
  expect(page).toContain(`script-src 'sha256-${sha256('let é = 1;')}';`);
  expect(page).toContain(`style-src 'sha256-${sha256('a{}')}';`);
  expect(page).toContain("default-src 'none'");
  expect(page).not.toContain('unsafe');
  expect(page).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
});

test('only the page that reads traces may start a worker and run WebAssembly', async () => {
  const page = await sealed(PAGE, OPEN_PAGE);
  expect(page).toContain(`script-src 'sha256-${sha256('let é = 1;')}' 'wasm-unsafe-eval';`);
  expect(page).toContain('worker-src blob:; trusted-types default');
  expect(page).not.toMatch(/'unsafe-|[^-]unsafe-eval/);
  expect(await sealed(PAGE, REPORT)).not.toMatch(/worker-src|wasm/);
});

test('a page without a place for the policy is not built', async () => {
  await expect(sealed('<script type="module">1</script>', REPORT)).rejects.toThrow('lacks');
});

test('a page whose script was not inlined is not built', async () => {
  await expect(sealed(PAGE.replace(/<script.*/, ''), REPORT)).rejects.toThrow('inlined nothing');
});
