using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>Queries: WITH, set operations, VALUES, ORDER BY, LIMIT. SELECT is <see cref="SelectParser"/>'s.</summary>
internal sealed class QueryParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly RelationParser _relations;
    private readonly SelectParser _selects;

    public QueryParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens, this);
        _relations = new RelationParser(tokens, this, _expressions);
        _selects = new SelectParser(tokens, _expressions, _relations);
    }

    public Expression ParseExpression() => _expressions.Parse();

    public Query ParseQuery() => _tokens.Nest(() =>
    {
        var position = _tokens.Position;
        var hasWith = _tokens.Accept("WITH");
        var isRecursive = hasWith && _tokens.Accept("RECURSIVE");
        List<CommonTable> with = hasWith ? _tokens.List(ParseCommonTable) : [];
        var body = ParseUnion();
        var orderBy = _tokens.Accept("ORDER", "BY") ? _tokens.List(_expressions.ParseOrderItem) : [];
        var query = new Query(position, body)
        {
            IsRecursive = isRecursive, With = with, OrderBy = orderBy, Offset = ParseOffset(),
        };
        return ParseLimit(query);
    });

    public bool AtQuery() => _tokens.Current.Kind == TokenKind.Word && StartsQuery(_tokens.Current, _tokens.Peek());

    /// <summary>
    /// True when what stands here, behind an opened parenthesis, is a query up to its close. It may begin with more
    /// parentheses: <c>((SELECT 1) UNION (SELECT 2))</c> is one, <c>((SELECT 1) + 1)</c> and
    /// <c>((SELECT 1) AS a JOIN b)</c> are not.
    /// </summary>
    public bool AtNestedQuery()
    {
        var ahead = 0;
        while (_tokens.Peek(ahead).IsSymbol("("))
        {
            ahead++;
        }

        if (!StartsQuery(_tokens.Peek(ahead), _tokens.Peek(ahead + 1)))
        {
            return false;
        }

        for (ahead--; ahead >= 0; ahead--)
        {
            if (!ContinuesQuery(_tokens.AfterClosing(ahead)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool StartsQuery(Token token, Token next) =>
        token.Is("SELECT") || token.Is("WITH") || token.Is("VALUES") || (token.Is("TABLE") && !next.IsSymbol("("));

    private static bool ContinuesQuery(Token token) =>
        token.IsSymbol(")") || token.IsSymbol(";") || token.Kind == TokenKind.End
        || token.Is("UNION") || token.Is("INTERSECT") || token.Is("EXCEPT") || token.Is("ORDER") || token.Is("OFFSET")
        || token.Is("LIMIT") || token.Is("FETCH");

    private CommonTable ParseCommonTable()
    {
        var name = _tokens.ExpectName();
        List<Identifier> columns = [];
        if (_tokens.AtSymbol("("))
        {
            columns = _tokens.ListInParentheses(() => _tokens.ExpectName());
        }

        _tokens.Expect("AS");
        _tokens.ExpectSymbol("(");
        var query = ParseQuery();
        _tokens.ExpectSymbol(")");
        return new CommonTable(name, columns, query);
    }

    private Expression? ParseOffset()
    {
        if (!_tokens.Accept("OFFSET"))
        {
            return null;
        }

        var count = ParseCount("<integer>");
        _tokens.AcceptAny("ROWS", "ROW");
        return count;
    }

    private Query ParseLimit(Query query)
    {
        if (_tokens.Accept("LIMIT"))
        {
            return _tokens.Accept("ALL") ? query : query with { Limit = ParseCount("'ALL', <integer>") };
        }

        var fetch = _tokens.Position;
        if (!_tokens.Accept("FETCH"))
        {
            return query;
        }

        _tokens.ExpectAny("FIRST", "NEXT");
        var position = _tokens.Position;
        var count = _tokens.AtAny("ROW", "ROWS")
            ? new Expression.Literal(position, "1", SqlType.Integer)
            : ParseCount("<integer>");
        _tokens.ExpectAny("ROW", "ROWS");
        if (count is Expression.Literal { Text: "0" })
        {
            throw SqlErrors.Invalid(
                "NUMERIC_VALUE_OUT_OF_RANGE", fetch, "FETCH FIRST row count must be positive (actual value: 0)");
        }

        if (_tokens.ExpectAny("ONLY", "WITH") == "ONLY")
        {
            return query with { Limit = count };
        }

        _tokens.Expect("TIES");
        return query.OrderBy.Count == 0
            ? throw SqlErrors.Invalid(
                "MISSING_ORDER_BY", position, "FETCH FIRST WITH TIES clause requires ORDER BY")
            : query with { Limit = count, WithTies = true };
    }

    /// <summary>A whole number or a parameter.</summary>
    private Expression ParseCount(string what)
    {
        var position = _tokens.Position;
        if (_tokens.AcceptSymbol("?"))
        {
            return new Expression.Parameter(position, _tokens.Parameters++);
        }

        var count = _tokens.ExpectCount(what);
        var text = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new Expression.Literal(position, text, count <= int.MaxValue ? SqlType.Integer : SqlType.BigInt);
    }

    private QueryBody ParseUnion()
    {
        var left = ParseIntersect();
        while (_tokens.AtAny("UNION", "EXCEPT"))
        {
            left = ParseSetOperation(left, ParseIntersect);
        }

        return left;
    }

    private QueryBody ParseIntersect()
    {
        var left = ParsePrimary();
        while (_tokens.At("INTERSECT"))
        {
            left = ParseSetOperation(left, ParsePrimary);
        }

        return left;
    }

    private QueryBody.SetOperation ParseSetOperation(QueryBody left, Func<QueryBody> operand)
    {
        var token = _tokens.Next();
        var isAll = _tokens.Accept("ALL");
        if (!isAll)
        {
            _tokens.Accept("DISTINCT");
        }

        if (_tokens.At("CORRESPONDING"))
        {
            throw SqlErrors.Unsupported(
                _tokens.Position, "CORRESPONDING is not supported", "name the columns in both queries");
        }

        if (token.Is("EXCEPT") && _tokens.AtSymbol("(") && !StartsQuery(_tokens.Peek(), _tokens.Peek(2))
            && !_tokens.Peek().IsSymbol("("))
        {
            _tokens.Next();
            throw _tokens.MismatchWithHint(
                "SELECT * EXCEPT (...) is not in Athena's language: name the columns",
                "<query>");
        }

        _tokens.Grow();
        return new QueryBody.SetOperation(token.Position, token.Text.ToUpperInvariant(), isAll, left, operand());
    }

    private QueryBody ParsePrimary()
    {
        var position = _tokens.Position;
        if (_tokens.AcceptSymbol("("))
        {
            var query = ParseQuery();
            _tokens.ExpectSymbol(")");
            return new QueryBody.Nested(position, query);
        }

        if (_tokens.Accept("VALUES"))
        {
            return new QueryBody.Values(position, _tokens.List(ParseValuesRow));
        }

        if (_tokens.Accept("TABLE"))
        {
            return new QueryBody.Select(position, IsDistinct: false, [new SelectItem(position, null, null, [])])
            {
                From = [_relations.ParseTable()],
            };
        }

        return _tokens.Accept("SELECT")
            ? _selects.Parse(position)
            : throw _tokens.Mismatch("<query>");
    }

    private List<Expression> ParseValuesRow()
    {
        var value = _expressions.Parse();
        return value is Expression.RowOf row ? [.. row.Items] : [value];
    }
}
