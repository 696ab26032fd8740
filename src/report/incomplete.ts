/** What stands beside every answer that rests on less than all of the input. */
export const INCOMPLETE = 'incomplete: the input was not read completely, see the messages'
