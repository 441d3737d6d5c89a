package io.varuna.sql.parser;

import io.varuna.sql.parser.generated.RuleParserTokenManager;
import io.varuna.sql.parser.generated.SimpleCharStream;
import io.varuna.sql.parser.generated.Token;
import java.io.StringReader;
import java.util.List;

/** Gives the parser tokens that were made, and changed, beforehand. */
final class TokenReplay extends RuleParserTokenManager {
    private final List<Token> tokens;
    private int next;

    TokenReplay(List<Token> tokens) {
        super(new SimpleCharStream(new StringReader(""), 1, 1));
        this.tokens = tokens;
    }

    @Override
    public Token getNextToken() {
        // EOF may be asked for again
        Token token = tokens.get(Math.min(next, tokens.size() - 1));
        next++;
        return token;
    }
}
