/** How much of what may be secret is taken out. `strict`, for strangers' eyes: people, pictures and the names of the page's own marks too. */
export type Redaction = RedactionLevel | 'off';

export type RedactionLevel = 'strict' | 'default';
