/** Parses a statement of a rule's or stream's author, to the end of the text. */
Statement StatementEof() :
{
    final Statement statement;
}
{
    statement = AnyStatement()
    [ <SEMICOLON> ]
    <EOF> { return statement; }
}

/** Parses statements with semicolons between them. */
List<Statement> StatementListEof() :
{
    final List<Statement> statements = new ArrayList<Statement>();
    Statement statement;
}
{
    statement = AnyStatement() { statements.add(statement); }
    (
        LOOKAHEAD(2)
        <SEMICOLON> statement = AnyStatement() { statements.add(statement); }
    )*
    [ <SEMICOLON> ]
    <EOF> { return statements; }
}

Statement AnyStatement() :
{
    final Statement statement;
    final SqlNode query;
}
{
    (
        statement = CreateStatement()
    |
        statement = DropStatement()
    |
        statement = ShowStatement()
    |
        statement = DescribeStatement()
    |
        statement = ExplainStatement()
    |
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY) {
            statement = new Statement.Query(query);
        }
    )
    { return statement; }
}

Statement CreateStatement() :
{
    boolean replace = false;
    boolean ifNotExists = false;
    final boolean table;
    final SqlIdentifier name;
    final List<Declaration.Column> columns;
    final List<Declaration.Option> settings = new ArrayList<Declaration.Option>();
}
{
    <CREATE>
    [ <OR> <REPLACE> { replace = true; } ]
    table = StreamOrTable()
    [ <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    name = SimpleIdentifier()
    columns = ColumnDeclarations()
    <WITH> <LPAREN>
    (
        AddOption(settings)
        [ <COMMA> ]
    )*
    <RPAREN>
    {
        return new Statement.Create(table, Declarations.name(name), replace, ifNotExists, columns, settings);
    }
}

boolean StreamOrTable() : {}
{
    <STREAM> { return false; }
|
    <TABLE> { return true; }
}

List<Declaration.Column> ColumnDeclarations() :
{
    final List<Declaration.Column> columns = new ArrayList<Declaration.Column>();
    Declaration.Column column;
}
{
    <LPAREN>
    [
        column = ColumnDeclaration() { columns.add(column); }
        ( LOOKAHEAD(2) <COMMA> column = ColumnDeclaration() { columns.add(column); } )*
        [ <COMMA> ]
    ]
    <RPAREN>
    { return columns; }
}

Declaration.Column ColumnDeclaration() :
{
    final SqlIdentifier name;
    final Declaration.Type type;
    SqlNode value = null;
}
{
    name = SimpleIdentifier()
    type = TypeDeclaration()
    [ <DEFAULT_> value = Literal() ]
    { return Declarations.column(name, type, value); }
}

Declaration.Type TypeDeclaration() :
{
    final SqlIdentifier name;
    final List<Declaration.Column> members;
    final Declaration.Type element;
}
{
    name = SimpleIdentifier()
    (
        LOOKAHEAD({ getToken(0).image.equalsIgnoreCase("STRUCT") })
        members = ColumnDeclarations() { return Declarations.struct(name, members); }
    |
        LOOKAHEAD({ getToken(0).image.equalsIgnoreCase("ARRAY") })
        <LPAREN> element = TypeDeclaration() <RPAREN> { return Declarations.array(name, element); }
    |
        // the length of VARCHAR (20) is read and has no meaning
        [ <LPAREN> UnsignedIntLiteral() [ <COMMA> UnsignedIntLiteral() ] <RPAREN> ]
        { return Declarations.simple(name); }
    )
}

void AddOption(List<Declaration.Option> settings) :
{
    final SqlIdentifier name;
    final SqlNode value;
}
{
    name = SimpleIdentifier() <EQ> value = Literal() {
        settings.add(Declarations.option(name, value));
    }
}

Statement DropStatement() :
{
    final boolean table;
    boolean ifExists = false;
    final SqlIdentifier name;
}
{
    <DROP> table = StreamOrTable()
    [ <IF> <EXISTS> { ifExists = true; } ]
    name = SimpleIdentifier()
    { return new Statement.Drop(table, Declarations.name(name), ifExists); }
}

Statement ShowStatement() : {}
{
    <SHOW>
    (
        <STREAMS> { return new Statement.Show(false); }
    |
        <TABLES> { return new Statement.Show(true); }
    )
}

Statement DescribeStatement() :
{
    final boolean table;
    final SqlIdentifier name;
}
{
    <DESCRIBE> table = StreamOrTable() name = SimpleIdentifier()
    { return new Statement.Describe(table, Declarations.name(name)); }
}

Statement ExplainStatement() :
{
    final boolean table;
    final SqlIdentifier name;
    final SqlNode query;
}
{
    <EXPLAIN>
    (
        table = StreamOrTable() name = SimpleIdentifier()
        { return new Statement.Explain(table, Declarations.name(name)); }
    |
        query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
        { return new Statement.ExplainQuery(query); }
    )
}
