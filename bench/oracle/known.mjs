const TASKS = ['longTasks', 'longestTaskMs', 'totalBlockingTimeMs'];
const ACTIVE =
  'Lighthouse takes any outermost event for a task, here `ThreadController active`, which spans several tasks.';

/**
 * Where INPact means to differ, and why.
 * @type {readonly { trace: string, figures: readonly string[], why: string }[]}
 */
export const KNOWN = [
  {
    trace: 'dom-size',
    figures: TASKS,
    why: 'Lighthouse stretches a begin without an end to the end of the trace.',
  },
  { trace: 'idle-tasks', figures: TASKS, why: ACTIVE },
  { trace: 'invalid-animation-events', figures: TASKS, why: ACTIVE },
  {
    trace: 'fenced-frame-fledge',
    figures: ['requestStartsMs', 'statuses'],
    why: 'Four requests are an advertisement auction’s worklets’, in processes of their own and of no frame.',
  },
  {
    trace: 'web-sockets',
    figures: ['interactions'],
    why: 'The engine leaves out an interaction whose duration Chrome rounded to 0.',
  },
];
