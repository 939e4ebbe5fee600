/** What a secret looks like, whoever gave it out. */
interface SecretShape {
  readonly kind: string;
  readonly pattern: RegExp;
}

/** Long enough to be no word, short enough to be found: the lengths are those that the services give out. */
const SHAPES: readonly SecretShape[] = [
  {
    kind: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/,
  },
  { kind: 'JSON web token', pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/ },
  { kind: 'bearer token', pattern: /\b(?:Bearer|Basic|Digest|Negotiate|Token)(?:\s|%20|\+)+[\w~+/.=-]{8,}/i },
  { kind: 'AWS access key', pattern: /\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16}\b/ },
  { kind: 'GitHub token', pattern: /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,})/ },
  { kind: 'GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|soat)-[\w-]{16,}/ },
  { kind: 'Slack token', pattern: /\bxox[abeoprs]-[\w-]{8,}/ },
  { kind: 'Slack webhook', pattern: /\bhooks\.slack\.com\/services\/[\w/]+/ },
  { kind: 'Stripe key', pattern: /\b(?:sk|rk|pk|whsec)_(?:(?:live|test)_)?[A-Za-z0-9]{16,}/ },
  { kind: 'Google API key', pattern: /\bAIza[\w-]{30,}/ },
  { kind: 'Google OAuth token', pattern: /\bya29\.[\w-]{16,}/ },
  { kind: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{30,}/ },
  { kind: 'PyPI token', pattern: /\bpypi-[\w-]{30,}/ },
  { kind: 'OpenAI key', pattern: /\bsk-(?:[a-z]{2,8}-)?[\w-]{20,}/ },
  { kind: 'SendGrid key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
  { kind: 'Twilio id', pattern: /\b(?:SK|AC)[0-9a-f]{32}\b/ },
  { kind: 'Mailgun key', pattern: /\bkey-[0-9a-f]{32}\b/ },
  { kind: 'DigitalOcean token', pattern: /\bdo[oprt]_v1_[0-9a-f]{40,}/ },
  { kind: 'Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{24,}/ },
  { kind: 'Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,}/ },
  { kind: 'HashiCorp Vault token', pattern: /\bhv[sbr]\.[\w-]{20,}/ },
  { kind: 'Azure key', pattern: /\b(?:AccountKey|SharedAccessSignature|sig)=[\w%+/=-]{16,}/ },
  { kind: 'password in a connection', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:[^\s/@"']+@/i },
  {
    kind: 'named secret',
    // `DB_PASSWORD`, `userPassword` and `;jsessionid` are such names too; `bypass` and `nonsecret` are not.
    pattern:
      /(?:(?<![a-z])(?:pass|secret(?:[_-]?(?:access[_-]?)?key)?)|pass(?:word|wd|phrase)|api[_-]?key|access[_-]?(?:key|token)|auth[_-]?token|refresh[_-]?token|session[_-]?(?:id|key|token)|client[_-]?secret|csrf[_-]?token)\b["']?\s*[:=]\s*["']?(?!\[\d+ characters\])[^\s"'&,;}<>]{3,}/i,
  },
];

/** All that mind the case, and all that do not, at once: a text that has none of them is looked through twice. */
const [MINDING, NOT_MINDING] = ['', 'i'].map((flags) => {
  const sources = SHAPES.filter(({ pattern }) => pattern.flags === flags).map(
    ({ pattern }) => `(?:${pattern.source})`,
  );
  return new RegExp(sources.join('|'), flags);
});

export const holdsSecretShape = (text: string): boolean =>
  MINDING?.test(text) === true || NOT_MINDING?.test(text) === true;

/** Text without what looks like a secret. What kind it was, and nothing of it, is left. */
export function withoutSecretShapes(text: string): string {
  if (!holdsSecretShape(text)) return text;
  return SHAPES.reduce(
    (left, { kind, pattern }) =>
      left.replaceAll(new RegExp(pattern.source, `g${pattern.flags}`), `[${kind}]`),
    text,
  );
}
