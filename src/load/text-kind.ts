export const recognise = 1,
  hasTemplateActions = 1
