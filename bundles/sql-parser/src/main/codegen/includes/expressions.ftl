/** Parses {@code *}, {@code * EXCEPT (a, b)}, {@code * REPLACE (a + 1 AS a)}, or both. */
SqlNode Star() :
{
    final SqlIdentifier star;
    final SqlNode e;
}
{
    <STAR> { star = SqlIdentifier.star(getPos()); }
    (
        LOOKAHEAD({ getToken(2).kind == LPAREN
            && (getToken(1).kind == EXCEPT || getToken(1).kind == EXCLUDE || getToken(1).kind == REPLACE) })
        e = StarChanges(star) { return e; }
    |
        { return star; }
    )
}

/** Parses {@code demo.* EXCEPT (a)}. */
SqlNode ChangedStarOfSource() :
{
    final SqlIdentifier source;
    final SqlNode e;
}
{
    source = SimpleIdentifier() <DOT> <STAR>
    e = StarChanges(source.plusStar())
    { return e; }
}

SqlNode StarChanges(SqlIdentifier star) :
{
    final List<SqlNode> excepts = new ArrayList<SqlNode>();
    final List<SqlNode> replacements = new ArrayList<SqlNode>();
    final Span s = span();
    SqlIdentifier id;
}
{
    (
        LOOKAHEAD(3)
        ( <EXCEPT> | <EXCLUDE> ) <LPAREN> id = SimpleIdentifier() { excepts.add(id); }
        ( <COMMA> id = SimpleIdentifier() { excepts.add(id); } )*
        <RPAREN>
    |
        LOOKAHEAD(2)
        <REPLACE> <LPAREN> AddReplacement(replacements)
        ( <COMMA> AddReplacement(replacements) )*
        <RPAREN>
    )+
    {
        return StarSelection.create(star, excepts, replacements, s.end(this));
    }
}

void AddReplacement(List<SqlNode> list) :
{
    final SqlNode e;
    final SqlIdentifier id;
}
{
    e = Expression(ExprContext.ACCEPT_SUB_QUERY) <AS> id = SimpleIdentifier() {
        list.add(SqlStdOperatorTable.AS.createCall(span().end(e), e, id));
    }
}

/** Parses the rest of {@code a->b}. */
void ArrowExpression(List<Object> list, ExprContext exprContext, Span s) :
{
    SqlIdentifier member;
}
{
    <LAMBDA> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(GrammarOperators.MEMBER, getPos()));
    }
    member = SimpleIdentifier() { list.add(member); }
    AddMembers(list)
}

void AddMembers(List<Object> list) :
{
    SqlIdentifier member;
}
{
    (
        LOOKAHEAD(2)
        <DOT> { list.add(new SqlParserUtil.ToTreeListItem(GrammarOperators.MEMBER, getPos())); }
        member = SimpleIdentifier() { list.add(member); }
    )*
}

/** Parses the rest of {@code a[i]}, {@code a[i:j]}, {@code a[:]} and {@code a[]}. */
void BracketExpression(List<Object> list, ExprContext exprContext, Span s) :
{
    SqlNode from = null;
    SqlNode to = null;
    boolean slice = false;
    final SqlParserPos pos;
}
{
    <LBRACKET> {
        checkNonQueryExpression(exprContext);
        pos = getPos();
    }
    [ LOOKAHEAD({ getToken(1).kind != COLON && getToken(1).kind != RBRACKET }) from = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    [
        <COLON> { slice = true; }
        [ LOOKAHEAD({ getToken(1).kind != RBRACKET }) to = Expression(ExprContext.ACCEPT_NON_QUERY) ]
    ]
    <RBRACKET> {
        if (from != null && !slice) {
            list.add(new SqlParserUtil.ToTreeListItem(GrammarOperators.INDEX, pos));
            list.add(from);
        } else {
            list.add(new SqlParserUtil.ToTreeListItem(GrammarOperators.SLICE, pos));
            list.add(GrammarOperators.bounds(from, to, pos.plus(getPos())));
        }
    }
    AddMembers(list)
}

/** Parses the rest of {@code a IN b}, where b is a list. */
void InListExpression(List<Object> list, ExprContext exprContext, Span s) :
{
    SqlBinaryOperator op = GrammarOperators.IN_LIST;
}
{
    [ <NOT> { op = GrammarOperators.NOT_IN_LIST; } ]
    <IN> {
        checkNonQueryExpression(exprContext);
        list.add(new SqlParserUtil.ToTreeListItem(op, getPos()));
    }
    AddExpression2b(list, ExprContext.ACCEPT_NON_QUERY)
}

/** Parses a topic such as {@code /a/+/#}. */
SqlIdentifier RootedTopic() :
{
    final List<String> names = new ArrayList<String>();
    final List<SqlParserPos> positions = new ArrayList<SqlParserPos>();
}
{
    { names.add(""); positions.add(getPos()); }
    AddTopicLevels(names, positions) {
        positions.set(0, getPos());
        return new SqlIdentifier(names, null, positions.get(0), positions);
    }
}

void AddTopicLevels(List<String> names, List<SqlParserPos> positions) :
{
    final int last = names.size() - 1;
    final StringBuilder topic = new StringBuilder(names.get(last));
    String level;
}
{
    (
        LOOKAHEAD(1)
        <SLASH> { topic.append("/"); }
        (
            LOOKAHEAD(1)
            level = Identifier() { topic.append(level); }
        |   <PLUS> { topic.append("+"); }
        |   <HASH> { topic.append("#"); }
        |   { }
        )
    )+
    {
        names.set(last, topic.toString());
        positions.set(last, positions.get(last).plus(getPos()));
    }
}
