/** Whether this is `npm run test:long`: more kills, longer histories, clocks, whole files. */
export const isLong = process.env.TEST_FORM === 'long';
