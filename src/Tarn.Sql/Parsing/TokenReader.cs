using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>Walks the tokens of one statement; knows what words may be names.</summary>
internal sealed class TokenReader(string sql)
{
    /// <summary>Nesting that the parser's own stack bears with ease.</summary>
    private const int DepthMax = 200;

    private readonly IReadOnlyList<Token> _tokens = Lexer.Read(sql);
    private int _at;
    private int _depth;

    public Token Current => _tokens[_at];

    public SqlPosition Position => Current.Position;

    /// <summary>Every table named so far.</summary>
    public List<Relation.Table> Tables { get; } = [];

    public Token Peek(int ahead = 1) => _tokens[Math.Min(_at + ahead, _tokens.Count - 1)];

    public int Mark() => _at;

    public void Reset(int mark) => _at = mark;

    public Token Next() => _tokens[_at < _tokens.Count - 1 ? _at++ : _at];

    public bool At(string keyword) => Current.Is(keyword);

    public bool At(string first, string second) => At(first) && Peek().Is(second);

    public bool AtSymbol(string symbol) => Current.IsSymbol(symbol);

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
            throw Mismatch($"'{symbol}'");
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

    public bool AtName() =>
        Current.Kind == TokenKind.QuotedName
        || (Current.Kind == TokenKind.Word && !Keywords.IsReserved(Current.Text));

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
        var hint = Current.Kind == TokenKind.Word
            ? Suggestion.Hint(Current.Text.ToUpperInvariant(), expecting.Select(word => word.Trim('\'')))
            : null;
        return SqlErrors.Syntax(
            Position, $"mismatched input {Current.Shown}. Expecting: {string.Join(", ", expecting)}", hint);
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

    /// <summary>Runs one level of nesting.</summary>
    public T Nest<T>(Func<T> inner)
    {
        if (++_depth > DepthMax)
        {
            throw SqlErrors.Unsupported(Position, $"the statement is nested more than {DepthMax} levels deep");
        }

        var result = inner();
        _depth--;
        return result;
    }
}
