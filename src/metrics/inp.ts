/**
 * Which of a visit's interactions, slowest first, is its INP: one is set aside for every fifty that the visitor made, and
 * at most nine, so that a long visit is not judged by a single outlier. https://web.dev/articles/inp
 */
export const inpIndex = (interactionCount: number): number => Math.min(9, Math.floor(interactionCount / 50));
