/** Holds `dismissed` once a person has put the first steps of a workspace away in this browser. */
export const firstStepsCookie = (workspace: string): string => `first_steps_${workspace}`;
export const DISMISSED = 'dismissed';
