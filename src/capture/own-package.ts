import * as nodeModule from 'node:module';

/**
 * Lets modules of the user's find `inpact` also where it is not installed beside them: a scenario in a repository that INPact runs on
 * by `npx`, or as an action, imports what runs it. One that is installed goes first.
 * @returns What ends it.
 */
export function offerOwnPackage(): () => void {
  // Node < 22.15 has none. Read as a property: to import it by name would end such a Node.
  if (!('registerHooks' in nodeModule)) return () => undefined;
  const hooks = nodeModule.registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!OWN.test(specifier)) throw error;
        // A package finds itself by its name.
        return next(specifier, { ...context, parentURL: import.meta.url });
      }
    },
  });
  return () => {
    hooks.deregister();
  };
}

const OWN = /^inpact(\/|$)/;
