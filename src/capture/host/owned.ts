import * as v from 'valibot';

/** What is written where something belongs to a process for as long as that lives: see `isAlive`. */
export const ownedSchema: v.GenericSchema<
  unknown,
  { readonly owner: { readonly pid: number; readonly startedAt: string } }
> = v.object({ owner: v.object({ pid: v.number(), startedAt: v.string() }) });
