using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>The SQL/JSON functions, which have a grammar of their own.</summary>
internal sealed class JsonParser(TokenReader tokens, ExpressionParser expressions)
{
    public Expression Parse()
    {
        var token = tokens.Next();
        var name = token.Text.ToLowerInvariant();
        tokens.ExpectSymbol("(");
        Expression result = name switch
        {
            "json_object" => ParseObject(token.Position),
            "json_array" => ParseArray(token.Position),
            _ => ParsePath(token.Position, name),
        };
        tokens.ExpectSymbol(")");
        return result;
    }

    private Expression.JsonPath ParsePath(SqlPosition position, string name)
    {
        var input = ParseInput();
        tokens.ExpectSymbol(",");
        var call = new Expression.JsonPath(position, name, input, tokens.ExpectText("<path>"));
        if (tokens.Accept("AS"))
        {
            tokens.ExpectName();
        }

        call = tokens.Accept("PASSING") ? call with { Passing = tokens.List(ParsePassing) } : call;
        if (name == "json_exists")
        {
            return call with { OnError = ParseBehavior("ERROR", "ERROR", "FALSE", "TRUE", "UNKNOWN") };
        }

        call = call with { Returning = ParseReturning() };
        return name == "json_value" ? ParseValueEnd(call) : ParseQueryEnd(call);
    }

    private Expression.JsonPath ParseValueEnd(Expression.JsonPath call)
    {
        var first = ParseBehavior("", "DEFAULT", "ERROR", "NULL");
        if (first is null)
        {
            return call;
        }

        return tokens.ExpectAny("EMPTY", "ERROR") == "ERROR"
            ? call with { OnError = first }
            : call with { OnEmpty = first, OnError = ParseBehavior("ERROR", "DEFAULT", "ERROR", "NULL") };
    }

    private Expression.JsonPath ParseQueryEnd(Expression.JsonPath call)
    {
        if (tokens.AcceptAny("WITH", "WITHOUT") is { } wrapper)
        {
            wrapper = wrapper == "WITHOUT" ? wrapper
                : tokens.AcceptAny("CONDITIONAL", "UNCONDITIONAL") ?? "UNCONDITIONAL";
            tokens.Accept("ARRAY");
            tokens.Expect("WRAPPER");
            call = call with { Wrapper = wrapper };
        }

        if (tokens.AcceptAny("KEEP", "OMIT") is { } quotes)
        {
            tokens.Expect("QUOTES");
            if (tokens.At("ON", "SCALAR"))
            {
                tokens.Next();
                tokens.Next();
                tokens.Accept("TEXT");
                tokens.Accept("STRING");
            }

            call = call with { Quotes = quotes };
        }

        var first = ParseBehavior("", "EMPTY", "ERROR", "NULL");
        if (first is null)
        {
            return call;
        }

        return tokens.ExpectAny("EMPTY", "ERROR") == "ERROR"
            ? call with { OnError = first }
            : call with { OnEmpty = first, OnError = ParseBehavior("ERROR", "EMPTY", "ERROR", "NULL") };
    }

    /// <summary>
    /// A behaviour and ON; then <paramref name="on"/> too, unless it is empty. Null when none stands here.
    /// </summary>
    private JsonBehavior? ParseBehavior(string on, params ReadOnlySpan<string> kinds)
    {
        if (tokens.AcceptAny(kinds) is not { } kind)
        {
            return null;
        }

        Expression? value = null;
        if (kind == "DEFAULT")
        {
            value = expressions.Parse();
        }
        else if (kind == "EMPTY")
        {
            kind = $"EMPTY {tokens.ExpectAny("ARRAY", "OBJECT")}";
        }

        tokens.Expect("ON");
        if (on.Length > 0)
        {
            tokens.Expect(on);
        }

        return new JsonBehavior(kind, value);
    }

    private JsonReturning? ParseReturning()
    {
        if (!tokens.Accept("RETURNING"))
        {
            return null;
        }

        var types = new TypeParser(tokens);
        var type = types.Parse();
        return new JsonReturning(type, types.VarcharLength, ParseFormat());
    }

    private (JsonInput, Identifier) ParsePassing()
    {
        var value = ParseInput();
        tokens.Expect("AS");
        return (value, tokens.ExpectName());
    }

    private JsonInput ParseInput()
    {
        var value = expressions.Parse();
        return new JsonInput(value, ParseFormat());
    }

    private string? ParseFormat()
    {
        if (!tokens.Accept("FORMAT"))
        {
            return null;
        }

        tokens.Expect("JSON");
        return tokens.Accept("ENCODING") ? $"JSON ENCODING {tokens.ExpectAny("UTF8", "UTF16", "UTF32")}" : "JSON";
    }

    private Expression.JsonObject ParseObject(SqlPosition position)
    {
        List<(Expression, JsonInput)> members = [];
        if (!tokens.AtSymbol(")") && !AtClause())
        {
            members = tokens.List(ParseMember);
        }

        var isAbsent = ParseNulls() == "ABSENT";
        var isUnique = false;
        if (tokens.AcceptAny("WITH", "WITHOUT") is { } word)
        {
            isUnique = word == "WITH";
            tokens.Expect("UNIQUE");
            tokens.Accept("KEYS");
        }

        return new Expression.JsonObject(position, members)
        {
            IsAbsentOnNull = isAbsent, WithUniqueKeys = isUnique, Returning = ParseReturning(),
        };
    }

    private Expression.JsonArray ParseArray(SqlPosition position)
    {
        List<JsonInput> items = tokens.AtSymbol(")") || AtClause() ? [] : tokens.List(ParseInput);
        return new Expression.JsonArray(position, items)
        {
            IsNullOnNull = ParseNulls() == "NULL", Returning = ParseReturning(),
        };
    }

    /// <summary>True where a constructor without members goes on.</summary>
    private bool AtClause() =>
        tokens.AtAny("WITH", "WITHOUT", "RETURNING") || (tokens.AtAny("NULL", "ABSENT") && tokens.Peek().Is("ON"));

    private string? ParseNulls()
    {
        if (!(tokens.AtAny("NULL", "ABSENT") && tokens.Peek().Is("ON")))
        {
            return null;
        }

        var word = tokens.ExpectAny("NULL", "ABSENT");
        tokens.Expect("ON");
        tokens.Expect("NULL");
        return word;
    }

    private (Expression, JsonInput) ParseMember()
    {
        if (tokens.At("KEY") && !tokens.Peek().IsSymbol(":") && !tokens.Peek().Is("VALUE")
            && !tokens.Peek().IsSymbol(".") && !tokens.Peek().IsSymbol("("))
        {
            tokens.Next();
        }

        var key = expressions.Parse();
        if (!tokens.AcceptSymbol(":") && !tokens.Accept("VALUE"))
        {
            throw tokens.Mismatch("':'", "'VALUE'");
        }

        return (key, ParseInput());
    }
}
