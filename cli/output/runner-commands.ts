/**
 * What a CI runner obeys that reads a log: `##[stop-commands]` and `##[add-mask]` wherever they stand in a line (GitHub's; Azure's are
 * `##vso[…]`, TeamCity's `##teamcity[…]`), as far as they must go for it to be none.
 * https://github.com/actions/runner/blob/079cdb1d05fe0ec50f8c51de5a4fa51d0eb189b0/src/Runner.Common/ActionCommand.cs
 */
export const COMMAND_ANYWHERE: RegExp = /##(?=\w*\[)/g;

/** GitHub's `::error::`, where a text begins with it. What is but one colon may get another behind it. */
export const COMMAND_AT_START: RegExp = /^\s*(?:::|:$)/;
