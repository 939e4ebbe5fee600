import * as v from 'valibot';
import type { Measure, Unavailable } from '../../base/measure.ts';
import type { CausalEvidence } from '../../insights/evidence.ts';

/** What checks a part of a document against the type that documents it: the compiler holds the one to the other. */
export type Shape<T> = v.GenericSchema<T>;
export type Entries<T> = { readonly [Key in keyof T]: Shape<T[Key]> };

/** For one of these reasons there is no figure. */
export const reasonOf = <const Reason extends string>(
  ...reasons: readonly Reason[]
): Shape<Unavailable<Reason>> => v.object({ unavailable: v.picklist(reasons) });

export const numberOr = <const Reason extends string>(
  ...reasons: readonly Reason[]
): Shape<Measure<Reason>> => v.union([v.number(), reasonOf(...reasons)]);

/** For any reason. */
export const absent: Shape<Unavailable> = v.object({ unavailable: v.string() });
export const measure: Shape<Measure> = v.union([v.number(), absent]);

export const evidence: Shape<CausalEvidence> = v.picklist(['proven', 'inferred', 'guessed']);
