/**
 * Whether what something is called lets fear that pressing it takes effect outside the page: deletes, pays, sends, or ends the
 * session. Rather one too many: what is left out is named, and may be allowed.
 * @param texts Names, ids and addresses, in whatever case: `deleteAccount`, `/log-out`.
 */
export const looksDestructive = (texts: readonly string[]): boolean =>
  texts.some((text) => {
    const words = wordsOf(text);
    return (
      words.some(isDestructive) || words.some((word, index) => PAIRS.has(`${word} ${words[index + 1] ?? ''}`))
    );
  });

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);

const isDestructive = (word: string): boolean =>
  WORDS.has(word) || STEMS.some((stem) => word.startsWith(stem));

const listed = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Beginnings, so that all forms of a word are found: in English, German, French, Spanish, Italian and Portuguese. */
const STEMS = listed(`
  delet remov destroy eras wipe purg discard deactivat terminat uninstall revok purchas checkout payment donat subscri
  unsubscri transfer withdraw publish logout logoff signout signoff cancel archiv unfollow refund deploy approv reject send submit
  lösch entfern kauf bezahl zahlungspflichtig bestell abmeld kündig ausloggen überweis absend supprim achet payer commander
  déconn deconn résili envoy elimin borrar compr pagar enviar acquist disconnett cancell invia excluir apagar sair`);

/** Whole words: their beginnings are those of harmless ones too. */
const WORDS: ReadonlySet<string> = new Set(
  listed(`
  pay buy bought order reset clear drop kill ban block post quit leave confirm reboot restart shutdown trash empty
  bestätigen salir esci paga`),
);

const PAIRS: ReadonlySet<string> = new Set([
  'log out',
  'log off',
  'sign out',
  'sign off',
  'check out',
  'shut down',
  'close account',
  'opt out',
  'cerrar sesión',
]);
