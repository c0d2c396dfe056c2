using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Parsing;

/// <summary>
/// Expressions by precedence: OR, AND, NOT, predicates, ||, + -, * / %, sign, AT TIME ZONE, subscript and field.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Operands of AND or OR that lean to the left.</summary>
    private const int ChainMax = 32;

    private static readonly string[] Comparisons = ["=", "<>", "!=", "<=", ">=", "<", ">"];

    /// <summary>By level.</summary>
    private static readonly string[][] Operators = [[], ["||"], ["+", "-"], ["*", "/", "%"]];

    /// <summary>Of the one bigint whose digits alone are none.</summary>
    private const string LongMinDigits = "9223372036854775808";

    private const int ConcatLevel = 1;
    private const int SumLevel = 2;
    private const int ProductLevel = 3;

    private readonly TokenReader _tokens;
    private readonly QueryParser _queries;
    private readonly PrimaryParser _primaries;

    public ExpressionParser(TokenReader tokens, QueryParser queries)
    {
        _tokens = tokens;
        _queries = queries;
        _primaries = new PrimaryParser(tokens, queries, this);
    }

    public Expression Parse()
    {
        _tokens.BeginExpression();
        return _tokens.Nest(ParseOr);
    }

    /// <summary>A value without predicates, as before IN of POSITION.</summary>
    public Expression ParseOperand()
    {
        _tokens.BeginExpression();
        return _tokens.Nest(() => ParseValue(ConcatLevel));
    }

    public OrderItem ParseOrderItem()
    {
        var value = Parse();
        var isDescending = _tokens.AcceptAny("ASC", "DESC") == "DESC";
        return new OrderItem(
            value, isDescending, _tokens.Accept("NULLS") && _tokens.ExpectAny("FIRST", "LAST") == "FIRST");
    }

    private Expression ParseOr() => ParseLogical("OR", ParseAnd);

    private Expression ParseAnd() => ParseLogical("AND", ParseNot);

    /// <summary>Left to right; a chain that is long becomes a balanced tree, which means the same.</summary>
    private Expression ParseLogical(string word, Func<Expression> operand)
    {
        var first = operand();
        if (!_tokens.At(word))
        {
            return first;
        }

        var operands = new List<Expression> { first };
        var positions = new List<SqlPosition>();
        while (_tokens.At(word))
        {
            positions.Add(_tokens.Next().Position);
            operands.Add(operand());
        }

        return operands.Count <= ChainMax
            ? operands.Skip(1).Zip(positions).Aggregate(
                first, (left, next) => new Expression.Binary(next.Second, word, left, next.First))
            : Balance(word, operands, positions, 0, operands.Count);
    }

    private static Expression Balance(
        string word, List<Expression> operands, List<SqlPosition> positions, int from, int to)
    {
        if (to - from == 1)
        {
            return operands[from];
        }

        var middle = from + ((to - from) / 2);
        return new Expression.Binary(
            positions[middle - 1],
            word,
            Balance(word, operands, positions, from, middle),
            Balance(word, operands, positions, middle, to));
    }

    private Expression ParseNot() => _tokens.At("NOT")
        ? _tokens.Nest(() => new Expression.Unary(_tokens.Next().Position, "NOT", ParseNot()))
        : ParsePredicate();

    private Expression ParsePredicate()
    {
        var value = ParseValue(ConcatLevel);
        var position = _tokens.Position;
        foreach (var symbol in Comparisons)
        {
            if (_tokens.AcceptSymbol(symbol))
            {
                return ParseComparison(position, symbol == "!=" ? "<>" : symbol, value);
            }
        }

        if (_tokens.Accept("IS"))
        {
            return ParseIs(position, value);
        }

        var isNegated = _tokens.At("NOT")
            && (_tokens.Peek().Is("BETWEEN") || _tokens.Peek().Is("IN") || _tokens.Peek().Is("LIKE"));
        if (isNegated)
        {
            _tokens.Next();
        }

        var test = ParseTest(position, value);
        return isNegated ? new Expression.Unary(position, "NOT", test) : test;
    }

    private Expression ParseComparison(SqlPosition position, string symbol, Expression value)
    {
        if (_tokens.Peek().IsSymbol("(") && _tokens.AcceptAny("ALL", "ANY", "SOME") is { } quantifier)
        {
            _tokens.ExpectSymbol("(");
            var query = _queries.ParseQuery();
            _tokens.ExpectSymbol(")");
            return new Expression.Quantified(
                position, symbol, quantifier == "ALL" ? "ALL" : "ANY", value, query);
        }

        return new Expression.Binary(position, symbol, value, ParseValue(ConcatLevel));
    }

    private Expression ParseTest(SqlPosition position, Expression value)
    {
        if (_tokens.Accept("BETWEEN"))
        {
            var low = ParseValue(ConcatLevel);
            _tokens.Expect("AND");
            return new Expression.Between(position, value, low, ParseValue(ConcatLevel));
        }

        if (_tokens.Accept("LIKE"))
        {
            var pattern = ParseValue(ConcatLevel);
            return new Expression.Like(
                position, value, pattern, _tokens.Accept("ESCAPE") ? ParseValue(ConcatLevel) : null);
        }

        if (!_tokens.Accept("IN"))
        {
            return value;
        }

        _tokens.ExpectSymbol("(");
        Expression test = _queries.AtNestedQuery()
            ? new Expression.InQuery(position, value, _queries.ParseQuery())
            : new Expression.InList(position, value, _tokens.List(Parse));
        _tokens.ExpectSymbol(")");
        return test;
    }

    private Expression ParseIs(SqlPosition position, Expression value)
    {
        var isNegated = _tokens.Accept("NOT");
        Expression test;
        if (_tokens.Accept("NULL"))
        {
            test = new Expression.IsNull(position, value);
        }
        else if (_tokens.Accept("DISTINCT"))
        {
            _tokens.Expect("FROM");
            var name = isNegated ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM";
            return new Expression.Binary(position, name, value, ParseValue(ConcatLevel));
        }
        else
        {
            throw _tokens.Mismatch("'DISTINCT'", "'NULL'");
        }

        return isNegated ? new Expression.Unary(position, "NOT", test) : test;
    }

    private Expression ParseValue(int level)
    {
        if (level > ProductLevel)
        {
            return ParseSigned();
        }

        var left = ParseValue(level + 1);
        while (OperatorAt(level) is { } symbol)
        {
            left = new Expression.Binary(_tokens.Next().Position, symbol, left, ParseValue(level + 1));
            _tokens.Grow();
        }

        return left;
    }

    private string? OperatorAt(int level)
    {
        var symbols = Operators[level];
        foreach (var symbol in symbols)
        {
            if (_tokens.AtSymbol(symbol))
            {
                return symbol;
            }
        }

        return null;
    }

    private Expression ParseSigned()
    {
        if (_tokens.Current.IsSymbol("-") || _tokens.Current.IsSymbol("+"))
        {
            return _tokens.Nest<Expression>(() =>
            {
                var sign = _tokens.Next();
                if (sign.Text == "-" && _tokens.Current is { Kind: TokenKind.Integer, Text: LongMinDigits })
                {
                    _tokens.Next();
                    return new Expression.Literal(sign.Position, "-" + LongMinDigits, SqlType.BigInt);
                }

                var value = ParseSigned();
                return value is Expression.Literal { Type.IsNumeric: true, Text: { } text } literal
                    && sign.Text == "-" && !text.StartsWith('-')
                    ? Negate(literal, text, sign.Position)
                    : new Expression.Unary(sign.Position, sign.Text, value);
            });
        }

        var primary = ParsePostfix();
        while (_tokens.At("AT") && _tokens.Peek().Is("TIME"))
        {
            var position = _tokens.Next().Position;
            _tokens.Next();
            _tokens.Expect("ZONE");
            primary = new Expression.AtTimeZone(position, primary, ParsePostfix());
            _tokens.Grow();
        }

        return primary;
    }

    private static Expression.Literal Negate(Expression.Literal literal, string text, SqlPosition position)
    {
        var fits = int.TryParse("-" + text, out _);
        return new Expression.Literal(
            position, "-" + text, literal.Type.IsInteger && fits ? SqlType.Integer : literal.Type);
    }

    private Expression ParsePostfix()
    {
        var value = _primaries.Parse();
        while (true)
        {
            var position = _tokens.Position;
            if (_tokens.AcceptSymbol("["))
            {
                value = new Expression.Subscript(position, value, Parse());
                _tokens.ExpectSymbol("]");
            }
            else if (_tokens.AtSymbol(".") && !_tokens.Peek().IsSymbol("*"))
            {
                _tokens.Next();
                value = new Expression.Field(position, value, _tokens.ExpectName());
            }
            else
            {
                return value;
            }

            _tokens.Grow();
        }
    }
}
