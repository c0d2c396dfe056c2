using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>Walks the tokens of one statement and words what it did not find.</summary>
internal sealed class TokenReader
{
    private readonly string _sql;
    private readonly List<SqlToken> _tokens;
    private int _at;

    public TokenReader(string sql)
    {
        _sql = sql;
        _tokens = [.. SqlLexer.Read(sql)];
        if (_tokens.Count > 0 && _tokens[^1].Is(";"))
        {
            _tokens.RemoveAt(_tokens.Count - 1);
        }
    }

    public bool AtEnd => _at >= _tokens.Count;

    public SqlToken? Current => AtEnd ? null : _tokens[_at];

    /// <summary>Takes the words when all of them come next.</summary>
    public bool TryTake(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (_at + i >= _tokens.Count || !_tokens[_at + i].Is(words[i]))
            {
                return false;
            }
        }

        _at += words.Length;
        return true;
    }

    /// <summary>Takes the words off the end when they stand there.</summary>
    public bool TryTakeLast(params ReadOnlySpan<string> words)
    {
        var first = _tokens.Count - words.Length;
        for (var i = 0; i < words.Length; i++)
        {
            if (first < _at || !_tokens[first + i].Is(words[i]))
            {
                return false;
            }
        }

        _tokens.RemoveRange(first, words.Length);
        return true;
    }

    public void Take(params ReadOnlySpan<string> words)
    {
        if (!TryTake(words))
        {
            throw Expected(string.Join(' ', words.ToArray()));
        }
    }

    public SqlToken TakeAny(string what)
    {
        if (AtEnd)
        {
            throw Expected(what);
        }

        return _tokens[_at++];
    }

    /// <summary>A bare or quoted name as written.</summary>
    public string TakeName(string what)
    {
        if (Current is not { Kind: SqlTokenKind.Word or SqlTokenKind.QuotedName } token || token.Text.Length == 0)
        {
            throw Expected(what);
        }

        _at++;
        return token.Text;
    }

    public string TakeText(string what)
    {
        if (Current is not { Kind: SqlTokenKind.Text } token)
        {
            throw Expected(what);
        }

        _at++;
        return token.Text;
    }

    /// <summary>Takes the SQL up to the first of the words that stands outside brackets.</summary>
    public string TakeUntil(string what, params ReadOnlySpan<string> words)
    {
        var first = _at;
        var depth = 0;
        for (; _at < _tokens.Count && (depth > 0 || !IsOneOf(_tokens[_at], words)); _at++)
        {
            depth += IsOneOf(_tokens[_at], "(", "[", "{") ? 1 : IsOneOf(_tokens[_at], ")", "]", "}") ? -1 : 0;
        }

        return _at > first ? _sql[_tokens[first].Start.._tokens[_at - 1].End] : throw Expected(what);
    }

    public void TakeEnd()
    {
        if (!AtEnd)
        {
            throw Expected("the end of the statement");
        }
    }

    /// <summary>The SQL from the current token to the end.</summary>
    public string Rest() => AtEnd ? "" : _sql[_tokens[_at].Start.._tokens[^1].End];

    /// <summary>The tokens from the current one on, parted by single spaces: equal for texts that differ in space and
    /// comments only.</summary>
    public string CanonicalRest() => string.Join(' ', _tokens.Skip(_at).Select(token => _sql[token.Start..token.End]));

    /// <summary>Whether those words follow one another anywhere in the rest.</summary>
    public bool RestContains(params ReadOnlySpan<string> words)
    {
        var from = _at;
        for (; _at < _tokens.Count; _at++)
        {
            var here = _at;
            if (TryTake(words))
            {
                _at = from;
                return true;
            }

            _at = here;
        }

        _at = from;
        return false;
    }

    /// <summary>Where the reader stands, as errors say it.</summary>
    public string Place => !AtEnd ? _tokens[_at].Place
        : _tokens.Count == 0 ? "line 1:1"
        : $"line {_tokens[^1].Line}:{_tokens[^1].Column + _tokens[^1].End - _tokens[^1].Start}";

    private static bool IsOneOf(SqlToken token, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (token.Is(word))
            {
                return true;
            }
        }

        return false;
    }

    public TarnException Expected(string what)
    {
        var found = AtEnd ? "the statement ends" : $"found '{_sql[_tokens[_at].Start.._tokens[_at].End]}'";
        return new TarnException(ErrorKind.Invalid, $"{Place}: expected {what}, {found}") { Code = "SYNTAX_ERROR" };
    }
}
