using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;

namespace Tarn.Sql.Parsing;

/// <summary>Types of Hive's columns to their canonical text.</summary>
internal sealed class HiveTypeParser(TokenReader tokens)
{
    private static readonly string[] Names =
    [
        "array", "bigint", "binary", "boolean", "char", "date", "decimal", "double", "float", "int", "map", "smallint",
        "string", "struct", "timestamp", "tinyint", "varchar",
    ];

    public string Parse() => tokens.Nest(() =>
    {
        var token = tokens.Current;
        var name = token.Kind == TokenKind.Word ? token.Text.ToLowerInvariant() : "";
        name = name switch
        {
            "integer" => "int",
            "dec" or "numeric" => "decimal",
            _ => name,
        };
        if (!Names.Contains(name))
        {
            throw SqlErrors.Syntax(
                token.Position,
                $"mismatched input {token.Shown}. Expecting: {string.Join(", ", Names.Select(type => $"'{type}'"))}",
                Hint(name));
        }

        tokens.Next();
        return name switch
        {
            "array" => $"array<{ParseArguments(1)}>",
            "map" => $"map<{ParseArguments(2)}>",
            "struct" => ParseStruct(),
            "char" => $"char({ParseLength(255)})",
            "varchar" => $"varchar({ParseLength(65535)})",
            "decimal" => ParseDecimal(),
            "double" => ParseDouble(),
            _ => name,
        };
    });

    private static string? Hint(string name) => name switch
    {
        "text" => "did you mean 'string'?",
        "varbinary" => "did you mean 'binary'?",
        "real" => "did you mean 'float'?",
        "row" => "did you mean 'struct'?",
        "json" => "did you mean 'string'? JSON functions read text",
        "uniontype" => "union types are not supported",
        _ => Primitives.Errors.Suggestion.Hint(name, Names),
    };

    private string ParseDouble()
    {
        tokens.Accept("PRECISION");
        return "double";
    }

    private string ParseArguments(int count)
    {
        tokens.ExpectSymbol("<");
        var types = new List<string> { Parse() };
        while (types.Count < count)
        {
            tokens.ExpectSymbol(",");
            types.Add(Parse());
        }

        tokens.ExpectSymbol(">");
        return string.Join(',', types);
    }

    private string ParseStruct()
    {
        tokens.ExpectSymbol("<");
        var fields = tokens.List(() =>
        {
            if (tokens.Current.Kind is not (TokenKind.Word or TokenKind.BackquotedName or TokenKind.QuotedName))
            {
                throw tokens.Mismatch("<field>");
            }

            var name = tokens.Next().Text.ToLowerInvariant();
            tokens.ExpectSymbol(":");
            var type = Parse();
            if (tokens.Accept("COMMENT"))
            {
                tokens.ExpectText();
            }

            return $"{name}:{type}";
        });
        tokens.ExpectSymbol(">");
        return $"struct<{string.Join(',', fields)}>";
    }

    private string ParseLength(int most)
    {
        tokens.ExpectSymbol("(");
        var position = tokens.Position;
        var length = tokens.ExpectCount("<integer>");
        tokens.ExpectSymbol(")");
        return length >= 1 && length <= most
            ? length.ToString(CultureInfo.InvariantCulture)
            : throw SqlErrors.Syntax(position, $"a length is between 1 and {most}");
    }

    private string ParseDecimal()
    {
        if (!tokens.AcceptSymbol("("))
        {
            return "decimal(10,0)";
        }

        var position = tokens.Position;
        var precision = tokens.ExpectCount("<integer>");
        var scale = tokens.AcceptSymbol(",") ? tokens.ExpectCount("<integer>") : 0;
        tokens.ExpectSymbol(")");
        return precision is >= 1 and <= 38 && scale <= precision
            ? string.Create(CultureInfo.InvariantCulture, $"decimal({precision},{scale})")
            : throw SqlErrors.Syntax(position, "a decimal has 1 to 38 digits, of which not more are behind the point");
    }
}
