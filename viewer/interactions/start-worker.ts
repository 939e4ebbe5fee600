// oxlint-disable-next-line import/default -- Vite makes it of the file's code.
import AnalysisWorker from '../worker/analyze-file.ts?worker&inline';

interface ScriptUrlPolicies {
  createPolicy(name: string, rules: { readonly createScriptURL: (url: string) => string }): unknown;
}

/** Trusted Types, which TypeScript's library does not know yet. https://w3c.github.io/trusted-types/dist/spec/ */
const hasPolicies = (scope: object): scope is { readonly trustedTypes: ScriptUrlPolicies } =>
  'trustedTypes' in scope;

// The worker's code is in the page, and reaches the browser as a blob of it. Nothing else may become a script.
const scope: object = globalThis;
if (hasPolicies(scope)) {
  scope.trustedTypes.createPolicy('default', {
    createScriptURL(url) {
      if (url.startsWith('blob:')) return url;
      throw new TypeError('Only a blob of this page may become a script.');
    },
  });
}

export const startWorker = (): Worker => new AnalysisWorker();
