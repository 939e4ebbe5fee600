/** As in package.json, which a test holds it to: the package file is not at hand everywhere that this runs. */
export const VERSION = '0.1.0';
