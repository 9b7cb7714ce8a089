/** Ids in the examples of the OpenAPI document: the same thing has the same one in all of them. */
export const shownIds = {
  dataset: '01890a5d-ac96-774b-bcce-b302099a8057',
  example: '01890a5d-ac96-774b-bcce-b302099a8058',
  revision: '01890a5d-ac96-774b-bcce-b302099a8059',
  brief: '01890a5d-ac96-774b-bcce-b302099a8060',
  decision: '01890a5d-ac96-774b-bcce-b302099a8061',
  release: '01890a5d-ac96-774b-bcce-b302099a8062',
  job: '01890a5d-ac96-774b-bcce-b302099a8063',
  run: '01890a5d-ac96-774b-bcce-b302099a8064',
  quote: '01890a5d-ac96-774b-bcce-b302099a8065',
  model: '01890a5d-ac96-774b-bcce-b302099a8066',
  entry: '01890a5d-ac96-774b-bcce-b302099a8067',
  person: '01890a5d-ac96-774b-bcce-b302099a8068',
  import: '01890a5d-ac96-774b-bcce-b302099a8069',
  proof: '01890a5d-ac96-774b-bcce-b302099a8070',
  workspace: '01890a5d-ac96-774b-bcce-b302099a8072',
  plan: '01890a5d-ac96-774b-bcce-b302099a8071',
};
