import { expect, test } from 'vitest';
import { looksDestructive } from '../../src/capture/explore/destructive-words.ts';

test.each([
  'Delete',
  'Delete account',
  'Removing…',
  'removeAll',
  'btn-erase_all',
  '/users/7/destroy',
  'Pay now',
  'Buy',
  'Log out',
  'log-off',
  'Sign out',
  'signOut',
  'Logout',
  'Place order',
  'Check out',
  'Unsubscribe',
  'Send message',
  'Konto löschen',
  'Jetzt kaufen',
  'Abmelden',
  'Supprimer',
  'Se déconnecter',
  'Cerrar sesión',
  'Comprar',
])('“%s” is left alone', (name) => {
  expect(looksDestructive(['', name])).toBe(true);
});

test.each([
  'Show more',
  'Search',
  'Log in',
  'Sign in',
  'Sort by price',
  'Next',
  'Payload',
  'Blockquote',
  'Postcode',
  'Bordered',
  '',
  '✕',
])('“%s” may be pressed', (name) => {
  expect(looksDestructive([name])).toBe(false);
});
