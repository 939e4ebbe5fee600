import { create } from 'xmlbuilder2';
import { type JudgedMetric, type Judgement, METRIC_LABELS } from '../../src/index.ts';

/**
 * A judgement as JUnit XML: one suite, one test case for each limit. What is inconclusive is skipped, since JUnit knows no
 * third verdict and a failure would be a false one.
 */
export function judgementJunit({ subject, metrics }: Judgement): string {
  const suite = create({ version: '1.0', encoding: 'UTF-8' })
    .ele('testsuites')
    .ele('testsuite', {
      name: xmlText(subject),
      tests: metrics.length,
      failures: metrics.filter(isFailure).length,
      skipped: metrics.filter(isSkipped).length,
    });
  for (const judged of metrics) {
    const name = `${METRIC_LABELS[judged.metric].id} ${judged.statistic}`;
    const place = [subject, judged.variant, judged.step].filter((part) => part !== null).join('.');
    const testCase = suite.ele('testcase', { classname: xmlText(place), name });
    const message = xmlText([judged.sentence, judged.advice ?? ''].join('. '));
    if (isFailure(judged)) testCase.ele('failure', { message, type: 'over-budget' }).txt(message);
    else if (isSkipped(judged)) testCase.ele('skipped', { message });
  }
  return `${suite.end({ prettyPrint: true })}\n`;
}

const isFailure = ({ verdict, severity }: JudgedMetric): boolean =>
  verdict === 'fail' && severity === 'error';

/** Inconclusive, or failed without consequence. */
const isSkipped = (judged: JudgedMetric): boolean => judged.verdict !== 'pass' && !isFailure(judged);

/** XML 1.0 has no way to write most control characters. https://www.w3.org/TR/xml/#charsets */
const xmlText = (text: string): string => text.toWellFormed().replaceAll(NOT_XML, '�');

// oxlint-disable-next-line no-control-regex -- they are what this is about
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
