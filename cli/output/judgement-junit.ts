import { create } from 'xmlbuilder2';
import { type Entry, type JudgementView, messageOf } from './judgement-view.ts';
import { COMMAND_ANYWHERE } from './runner-commands.ts';

/**
 * A judgement as JUnit XML: one suite, one test case for each thing that was judged. What is inconclusive is skipped, since JUnit
 * knows no third verdict and a failure would be a false one.
 */
export function judgementJunit({ subject, entries }: JudgementView): string {
  const suite = create({ version: '1.0', encoding: 'UTF-8' })
    .ele('testsuites')
    .ele('testsuite', {
      name: xmlText(subject),
      tests: entries.length,
      failures: entries.filter(isFailure).length,
      errors: 0,
      skipped: entries.filter(isSkipped).length,
    });
  for (const entry of entries) {
    const classname = xmlText([subject, ...entry.place].join('.'));
    const testCase = suite.ele('testcase', { classname, name: entry.id });
    const message = xmlText(messageOf(entry));
    if (isFailure(entry)) {
      const text = [message, ...entry.changes.map(xmlText)].join('\n');
      testCase.ele('failure', { message, type: entry.rule }).txt(text);
    } else if (isSkipped(entry)) testCase.ele('skipped', { message });
  }
  return `${suite.end({ prettyPrint: true })}\n`;
}

const isFailure = ({ verdict, severity }: Entry): boolean => verdict === 'fail' && severity === 'error';

/** Inconclusive, or failed without consequence. */
const isSkipped = (entry: Entry): boolean => entry.verdict !== 'pass' && !isFailure(entry);

/**
 * XML 1.0 has no way to write most control characters: https://www.w3.org/TR/xml/#charsets. The library leaves alone what looks like
 * a reference, which would be another text then, or none that is allowed. What would be a command to a CI runner is written as references.
 */
const xmlText = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(NOT_XML, '�')
    .replaceAll('&', '&amp;')
    .replaceAll(COMMAND_ANYWHERE, '#&#35;')
    .replaceAll(COMMAND_AT_LINE_START, '$1&#58;');

/** Any text may be one line of several. */
const COMMAND_AT_LINE_START = /^([^\S\r\n]*):(?=:)/gm;

// oxlint-disable-next-line no-control-regex -- they are what this is about
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
