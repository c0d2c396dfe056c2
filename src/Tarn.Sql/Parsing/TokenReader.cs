using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>Walks the tokens of one statement; knows what words may be names.</summary>
internal sealed class TokenReader
{
    /// <summary>Nesting that the parser's own stack bears with ease.</summary>
    private const int DepthMax = 200;

    /// <summary>Height of a tree that whoever walks it, and DuckDB, bear with ease.</summary>
    private const int HeightMax = 600;

    private const string Identifier = "<identifier>";

    private static readonly string[] Predicates =
        ["=", "<>", "!=", "<", "<=", ">", ">=", "IS", "NOT", "BETWEEN", "IN", "LIKE"];

    private readonly string _sql;
    private readonly IReadOnlyList<Token> _tokens;
    private readonly Dictionary<int, int> _closing = [];
    private readonly List<string> _tried = [];
    private int _at;
    private int _depth;
    private int _height;
    private int _triedAt;
    private int _expressionAt = -1;
    private int _triedBefore;

    public TokenReader(string sql, bool isHive = false)
    {
        _sql = sql;
        _tokens = Lexer.Read(sql, isHive);
        var open = new Stack<int>();
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i].IsSymbol("("))
            {
                open.Push(i);
            }
            else if (_tokens[i].IsSymbol(")") && open.Count > 0)
            {
                _closing[open.Pop()] = i;
            }
        }
    }

    public Token Current => _tokens[_at];

    public SqlPosition Position => Current.Position;

    /// <summary>Every table named so far.</summary>
    public List<Relation.Table> Tables { get; } = [];

    /// <summary>Parameters read so far.</summary>
    public int Parameters { get; set; }

    public Token Peek(int ahead = 1) => _tokens[Math.Min(_at + ahead, _tokens.Count - 1)];

    /// <summary>The token behind the parenthesis that closes the one <paramref name="ahead"/> of here.</summary>
    public Token AfterClosing(int ahead) =>
        _closing.TryGetValue(_at + ahead, out var close) ? _tokens[close + 1] : _tokens[^1];

    /// <summary>The text from <paramref name="start"/> to the token before the present one.</summary>
    public string TextSince(Token start) => _sql[start.Start.._tokens[Math.Max(0, _at - 1)].End];

    public Token Next() => _tokens[_at < _tokens.Count - 1 ? _at++ : _at];

    public bool At(string keyword)
    {
        Try(keyword);
        return Current.Is(keyword);
    }

    public bool AtAny(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (At(keyword))
            {
                return true;
            }
        }

        return false;
    }

    public bool At(string first, string second) => At(first) && Peek().Is(second);

    public bool AtSymbol(string symbol)
    {
        Try(symbol);
        return Current.IsSymbol(symbol);
    }

    public bool Accept(string keyword)
    {
        var hit = At(keyword);
        _at += hit ? 1 : 0;
        return hit;
    }

    public bool Accept(string first, string second)
    {
        var hit = At(first, second);
        _at += hit ? 2 : 0;
        return hit;
    }

    public bool AcceptSymbol(string symbol)
    {
        var hit = AtSymbol(symbol);
        _at += hit ? 1 : 0;
        return hit;
    }

    public bool Accept(string first, string second, string third)
    {
        var hit = At(first, second) && Peek(2).Is(third);
        _at += hit ? 3 : 0;
        return hit;
    }

    /// <summary>The keyword of <paramref name="choices"/> that stands here, taken; null when none does.</summary>
    public string? AcceptAny(params ReadOnlySpan<string> choices)
    {
        foreach (var choice in choices)
        {
            if (Accept(choice))
            {
                return choice;
            }
        }

        return null;
    }

    public string ExpectAny(params string[] choices) =>
        AcceptAny(choices) ?? throw Mismatch([.. choices.Select(choice => $"'{choice}'")]);

    public string ExpectText(string what = "<string>") =>
        Current.Kind == TokenKind.Text ? Next().Text : throw Mismatch(what);

    public void Expect(string keyword)
    {
        if (!Accept(keyword))
        {
            throw Mismatch($"'{keyword}'");
        }
    }

    public void ExpectSymbol(string symbol)
    {
        if (!AcceptSymbol(symbol))
        {
            throw symbol == ")" ? MismatchAfter("')'") : Mismatch($"'{symbol}'");
        }
    }

    /// <summary>A name that may stand without quotes, or a quoted one.</summary>
    public Identifier ExpectName(string what = "<identifier>")
    {
        if (!AtName())
        {
            throw Mismatch(what);
        }

        var token = Next();
        return new Identifier(token.Position, token.Text);
    }

    public bool AtName()
    {
        Try(Identifier);
        return Current.Kind == TokenKind.QuotedName
            || (Current.Kind == TokenKind.Word && !Keywords.IsReserved(Current.Text));
    }

    public long ExpectCount(string what)
    {
        if (Current.Kind != TokenKind.Integer || !long.TryParse(Current.Text, out var count))
        {
            throw Mismatch(what);
        }

        Next();
        return count;
    }

    /// <summary>Athena's words for an unexpected token.</summary>
    public TarnException Mismatch(params string[] expecting)
    {
        var keywords = expecting.Where(word => word[0] == '\'').Select(word => word.Trim('\''));
        return MismatchWithHint(ForeignWords.Hint(Before, Current, keywords), expecting);
    }

    /// <summary>As <see cref="Mismatch"/> where the statement may go on: with all that was looked for.</summary>
    public TarnException MismatchAfter(string end) => Mismatch([.. Tried(_tried.Count).Append(end).Distinct()]);

    /// <summary>Called where an expression begins; what was looked for before it may stand here too.</summary>
    public void BeginExpression()
    {
        if (_expressionAt != _at)
        {
            _expressionAt = _at;
            _triedBefore = _triedAt == _at ? _tried.Count : 0;
        }
    }

    public TarnException MismatchExpression() => Mismatch(
        [.. (_expressionAt == _at ? Tried(_triedBefore) : []).Append("<expression>").Distinct()]);

    public TarnException MismatchWithHint(string? hint, params string[] expecting) =>
        Current.Kind == TokenKind.BackquotedName
            ? SqlErrors.Syntax(
                Position, "backquoted identifiers are not supported; use double quotes to quote identifiers")
            : SqlErrors.Syntax(
                Position,
                $"mismatched input {Current.Shown}. "
                    + $"Expecting: {string.Join(", ", expecting.Order(StringComparer.Ordinal))}",
                hint);

    public Token Before => _at > 0 ? _tokens[_at - 1] : default;

    /// <summary>The first words that were looked for at this token, as Athena lists them.</summary>
    private IEnumerable<string> Tried(int count) => _triedAt != _at
        ? []
        : _tried.Take(count).Where(word => word != ";").Select(word =>
            Predicates.Contains(word) && _tried.Contains("=") ? "<predicate>"
            : word == Identifier ? word
            : $"'{word}'");

    /// <summary>Notes what is looked for at this token.</summary>
    public void Try(string what)
    {
        if (_triedAt != _at)
        {
            _triedAt = _at;
            _tried.Clear();
        }

        _tried.Add(what);
    }

    /// <summary>Items separated by commas, at least one.</summary>
    public List<T> List<T>(Func<T> item)
    {
        var items = new List<T> { item() };
        while (AcceptSymbol(","))
        {
            items.Add(item());
        }

        return items;
    }

    /// <summary>Items in parentheses, at least one.</summary>
    public List<T> ListInParentheses<T>(Func<T> item)
    {
        ExpectSymbol("(");
        var items = List(item);
        ExpectSymbol(")");
        return items;
    }

    /// <summary>Runs one level of nesting.</summary>
    public T Nest<T>(Func<T> inner)
    {
        if (++_depth > DepthMax)
        {
            throw SqlErrors.Unsupported(Position, $"the statement is nested more than {DepthMax} levels deep");
        }

        var outer = _height;
        _height = 0;
        var result = inner();
        Grow();
        _height = Math.Max(outer, _height);
        _depth--;
        return result;
    }

    /// <summary>Counts one more level of a chain such as a + b + c, whose tree leans to one side.</summary>
    public void Grow()
    {
        if (++_height > HeightMax)
        {
            throw SqlErrors.Unsupported(
                Position, $"the statement is more than {HeightMax} levels high", "split it with WITH");
        }
    }
}
