using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>Queries: WITH, set operations, SELECT, VALUES, ORDER BY, LIMIT.</summary>
internal sealed class QueryParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly RelationParser _relations;

    public QueryParser(TokenReader tokens)
    {
        _tokens = tokens;
        _expressions = new ExpressionParser(tokens, this);
        _relations = new RelationParser(tokens, this, _expressions);
    }

    public Query ParseQuery() => _tokens.Nest(() =>
    {
        var position = _tokens.Position;
        var with = ParseWith();
        var body = ParseUnion();
        var orderBy = _tokens.Accept("ORDER", "BY") ? _tokens.List(_expressions.ParseOrderItem) : [];
        var offset = ParseOffset();
        return new Query(position, body) { With = with, OrderBy = orderBy, Offset = offset, Limit = ParseLimit() };
    });

    public bool AtQuery() => _tokens.At("SELECT") || _tokens.At("WITH") || _tokens.At("VALUES") || _tokens.At("TABLE");

    /// <summary>True when the parenthesis before the cursor opens a query, however deeply wrapped.</summary>
    public bool AtNestedQuery()
    {
        var ahead = 0;
        while (_tokens.Peek(ahead).IsSymbol("("))
        {
            ahead++;
        }

        var token = _tokens.Peek(ahead);
        return token.Is("SELECT") || token.Is("WITH") || token.Is("VALUES") || token.Is("TABLE");
    }

    private List<CommonTable> ParseWith()
    {
        if (!_tokens.Accept("WITH"))
        {
            return [];
        }

        return _tokens.At("RECURSIVE")
            ? throw SqlErrors.Unsupported(_tokens.Position, "WITH RECURSIVE is not supported")
            : _tokens.List(ParseCommonTable);
    }

    private CommonTable ParseCommonTable()
    {
        var name = _tokens.ExpectName();
        List<Identifier> columns = [];
        if (_tokens.AcceptSymbol("("))
        {
            columns = _tokens.List(() => _tokens.ExpectName());
            _tokens.ExpectSymbol(")");
        }

        _tokens.Expect("AS");
        _tokens.ExpectSymbol("(");
        var query = ParseQuery();
        _tokens.ExpectSymbol(")");
        return new CommonTable(name, columns, query);
    }

    private long? ParseOffset()
    {
        if (!_tokens.Accept("OFFSET"))
        {
            return null;
        }

        var count = _tokens.ExpectCount("<integer>");
        _ = _tokens.Accept("ROWS") || _tokens.Accept("ROW");
        return count;
    }

    private long? ParseLimit()
    {
        if (_tokens.Accept("LIMIT"))
        {
            return _tokens.Accept("ALL") ? null : _tokens.ExpectCount("'ALL', <integer>");
        }

        if (!_tokens.Accept("FETCH"))
        {
            return null;
        }

        if (!_tokens.Accept("FIRST") && !_tokens.Accept("NEXT"))
        {
            throw _tokens.Mismatch("'FIRST'", "'NEXT'");
        }

        var count = _tokens.Current.Kind == TokenKind.Integer ? _tokens.ExpectCount("<integer>") : 1;
        if (!_tokens.Accept("ROWS") && !_tokens.Accept("ROW"))
        {
            throw _tokens.Mismatch("'ROW'", "'ROWS'");
        }

        if (_tokens.At("WITH"))
        {
            throw SqlErrors.Unsupported(_tokens.Position, "FETCH FIRST ... WITH TIES is not supported");
        }

        _tokens.Expect("ONLY");
        return count;
    }

    private QueryBody ParseUnion()
    {
        var left = ParseIntersect();
        while (_tokens.At("UNION") || _tokens.At("EXCEPT"))
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
            ? ParseSelect(position)
            : throw _tokens.Mismatch("'('", "'SELECT'", "'TABLE'", "'VALUES'", "'WITH'");
    }

    private List<Expression> ParseValuesRow()
    {
        var value = _expressions.Parse();
        return value is Expression.RowOf row ? [.. row.Items] : [value];
    }

    private QueryBody.Select ParseSelect(SqlPosition position)
    {
        var isDistinct = _tokens.Accept("DISTINCT");
        if (!isDistinct)
        {
            _tokens.Accept("ALL");
        }

        var items = _tokens.List(ParseItem);
        var from = _tokens.Accept("FROM") ? _tokens.List(_relations.Parse) : [];
        var where = _tokens.Accept("WHERE") ? _expressions.Parse() : null;
        List<Grouping> groupBy = [];
        if (_tokens.Accept("GROUP", "BY"))
        {
            groupBy = ParseGroupBy();
        }

        var having = _tokens.Accept("HAVING") ? _expressions.Parse() : null;
        if (_tokens.At("WINDOW") && _tokens.Peek(2).Is("AS"))
        {
            throw SqlErrors.Unsupported(
                _tokens.Position, "the WINDOW clause is not supported", "write the window after OVER");
        }

        return new QueryBody.Select(position, isDistinct, items)
        {
            From = from, Where = where, GroupBy = groupBy, Having = having,
        };
    }

    private List<Grouping> ParseGroupBy()
    {
        if (_tokens.At("ALL") || _tokens.At("DISTINCT"))
        {
            throw SqlErrors.Unsupported(_tokens.Position, $"GROUP BY {_tokens.Current.Text} is not supported");
        }

        return _tokens.List(ParseGrouping);
    }

    private SelectItem ParseItem()
    {
        var position = _tokens.Position;
        if (_tokens.AcceptSymbol("*"))
        {
            return new SelectItem(position, null, null, []);
        }

        if (StarLength() is var length and > 0)
        {
            var qualifier = new List<Identifier>();
            for (var i = 0; i < length; i++)
            {
                qualifier.Add(_tokens.ExpectName());
                _tokens.ExpectSymbol(".");
            }

            _tokens.ExpectSymbol("*");
            return new SelectItem(position, null, null, qualifier);
        }

        var value = _expressions.Parse();
        var alias = _tokens.Accept("AS") || _tokens.AtName() ? _tokens.ExpectName() : null;
        return new SelectItem(position, value, alias, []);
    }

    /// <summary>Names before <c>.*</c>, or 0 when the item is no qualified star.</summary>
    private int StarLength()
    {
        for (var names = 0; ; names++)
        {
            if (names > 0 && _tokens.Peek(2 * names).IsSymbol("*"))
            {
                return names;
            }

            if (_tokens.Peek(2 * names).Kind is not (TokenKind.Word or TokenKind.QuotedName)
                || !_tokens.Peek((2 * names) + 1).IsSymbol("."))
            {
                return 0;
            }
        }
    }

    private Grouping ParseGrouping()
    {
        var position = _tokens.Position;
        if (_tokens.Accept("GROUPING", "SETS"))
        {
            return new Grouping(position, "GROUPING SETS", ParseSets());
        }

        foreach (var kind in (ReadOnlySpan<string>)["ROLLUP", "CUBE"])
        {
            if (_tokens.Accept(kind))
            {
                return new Grouping(position, kind, ParseSets());
            }
        }

        if (_tokens.AtSymbol("(") && _tokens.Peek().IsSymbol(")"))
        {
            return new Grouping(position, "GROUPING SETS", [ParseSet()]);
        }

        var value = _expressions.Parse();
        return value is Expression.RowOf row
            ? new Grouping(position, "GROUPING SETS", [[.. row.Items]])
            : new Grouping(position, "", [[value]]);
    }

    private List<IReadOnlyList<Expression>> ParseSets()
    {
        _tokens.ExpectSymbol("(");
        var sets = _tokens.List(ParseSet);
        _tokens.ExpectSymbol(")");
        return sets;
    }

    private IReadOnlyList<Expression> ParseSet()
    {
        if (_tokens.AtSymbol("(") && _tokens.Peek().IsSymbol(")"))
        {
            _tokens.Next();
            _tokens.Next();
            return [];
        }

        var value = _expressions.Parse();
        return value is Expression.RowOf row ? row.Items : [value];
    }
}
