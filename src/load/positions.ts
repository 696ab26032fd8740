export const locate = 1,
  locateKey = 1,
  rawAt = 1
