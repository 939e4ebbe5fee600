/** A secret of each kind that is known by its shape. None of them opens anything. */
export interface PlantedSecret {
  readonly kind: string;
  readonly secret: string;
}

const hex = (length: number): string => '0123456789abcdef'.repeat(8).slice(0, length);
const letters = (length: number): string => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z'.repeat(4).slice(0, length);

const put = (...parts: readonly string[]): string => parts.join('');

// Put together at run time, so that no scanner of repositories takes them for real.
export const SECRETS: readonly PlantedSecret[] = [
  {
    kind: 'private key',
    secret: put('-----BEGIN ', 'PRIVATE', ' KEY-----', letters(40), '-----END ', 'PRIVATE', ' KEY-----'),
  },
  { kind: 'JSON web token', secret: put('ey', 'J', letters(20), '.ey', 'J', letters(30), '.', letters(43)) },
  { kind: 'bearer token', secret: put('Bearer ', letters(32)) },
  { kind: 'basic authorization', secret: put('Basic ', letters(24), '==') },
  { kind: 'AWS access key', secret: put('AK', 'IA', 'IOSFODNN7EXAMPLE') },
  { kind: 'GitHub token', secret: put('gh', 'p_', letters(36)) },
  { kind: 'fine-grained GitHub token', secret: put('github', '_pat_', letters(40)) },
  { kind: 'GitLab token', secret: put('gl', 'pat-', letters(20)) },
  { kind: 'Slack token', secret: put('xo', 'xb-', '123456789012-', letters(24)) },
  { kind: 'Stripe key', secret: put('sk_', 'live_', letters(24)) },
  { kind: 'Google API key', secret: put('AI', 'za', letters(35)) },
  { kind: 'Google OAuth token', secret: put('ya', '29.', letters(40)) },
  { kind: 'npm token', secret: put('np', 'm_', letters(36)) },
  { kind: 'PyPI token', secret: put('py', 'pi-', letters(60)) },
  { kind: 'OpenAI key', secret: put('sk', '-proj-', letters(40)) },
  { kind: 'SendGrid key', secret: put('S', 'G.', letters(22), '.', letters(43)) },
  { kind: 'Twilio id', secret: put('S', 'K', hex(32)) },
  { kind: 'Mailgun key', secret: put('ke', 'y-', hex(32)) },
  { kind: 'DigitalOcean token', secret: put('do', 'p_v1_', hex(64)) },
  { kind: 'Shopify token', secret: put('shp', 'at_', hex(32)) },
  { kind: 'Hugging Face token', secret: put('h', 'f_', letters(34)) },
  { kind: 'Vault token', secret: put('hv', 's.', letters(24)) },
  { kind: 'password of a database', secret: put('postgres://shop:', letters(12), '@db.test/shop') },
  { kind: 'named secret', secret: put('client_', 'secret', '=', letters(20)) },
];
