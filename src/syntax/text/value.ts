/** What a document says, as the JSON that the API server would be sent. Aliased parts are shared, never copied. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value }
