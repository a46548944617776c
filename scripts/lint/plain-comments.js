/** Words that leave open who or what is meant, and words that make a person of a program. */
const VAGUE = ['nobody', 'somebody', 'anybody', 'everybody', 'whoever', 'whomever', 'whatever'];
const PERSONIFYING = ['hears?', 'heard', 'told', 'believe[ds]?', 'stands(?! (?:in )?for\\b)'];

const WORD = new RegExp(`\\b(?:${[...VAGUE, ...PERSONIFYING].join('|')})\\b`, 'gi');

/** An ESLint rule: reports such words in comments. */
module.exports = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { word: '"{{word}}" in a comment: say plainly which part of the code does what.' },
  },
  create: context => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments()) {
        // The text of a comment begins after its two first characters.
        const start = comment.range[0] + 2;
        for (const { 0: word, index } of comment.value.matchAll(WORD)) {
          const loc = {
            start: context.sourceCode.getLocFromIndex(start + index),
            end: context.sourceCode.getLocFromIndex(start + index + word.length),
          };
          context.report({ loc, messageId: 'word', data: { word } });
        }
      }
    },
  }),
};
