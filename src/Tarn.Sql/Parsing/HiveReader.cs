using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>What Hive's statements share: names, strings, properties, columns and partitions.</summary>
internal sealed class HiveReader(TokenReader tokens)
{
    private readonly HiveTypeParser _types = new(tokens);

    public bool AtName() => tokens.Current.Kind is TokenKind.BackquotedName or TokenKind.QuotedName
        || (tokens.Current.Kind == TokenKind.Word && !HiveKeywords.IsReserved(tokens.Current.Text));

    /// <summary>A name as written.</summary>
    public string Name(string what = "<identifier>") => AtName() ? tokens.Next().Text : throw NameExpected(what);

    /// <summary>A column's name, in lower case.</summary>
    public string Column() => Name("<column>").ToLowerInvariant();

    public TableRef Table()
    {
        var position = tokens.Position;
        var parts = new List<string> { Name("<table>") };
        while (parts.Count < 3 && tokens.AcceptSymbol("."))
        {
            parts.Add(Name());
        }

        var catalog = parts.Count == 3 ? parts[0] : null;
        return new TableRef(position, catalog, parts.Count > 1 ? parts[^2] : null, parts[^1]);
    }

    public string Text(string what = "<string>") =>
        tokens.Current.Kind is TokenKind.Text or TokenKind.QuotedName
            ? tokens.Next().Text
            : throw tokens.Mismatch(what);

    /// <summary><c>('key' = 'value', ...)</c>.</summary>
    public List<KeyValuePair<string, string>> Properties() => tokens.ListInParentheses(() =>
    {
        var position = tokens.Position;
        var key = Text("<property>");
        tokens.ExpectSymbol("=");
        return key.Length == 0
            ? throw SqlErrors.Syntax(position, "a property has no name")
            : new KeyValuePair<string, string>(key, Text());
    });

    /// <summary><c>(name type [COMMENT 'text'], ...)</c>.</summary>
    public List<ColumnDefinition> Columns()
    {
        var columns = tokens.ListInParentheses(Definition);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (!names.Add(column.Name))
            {
                throw SqlErrors.Invalid(
                    "DUPLICATE_COLUMN_NAME", column.Position, $"Column name '{column.Name}' specified more than once");
            }
        }

        return columns;
    }

    public ColumnDefinition Definition()
    {
        var position = tokens.Position;
        var name = Column();
        var type = _types.Parse();
        return new ColumnDefinition(position, name, type, Comment());
    }

    public string? Comment() => tokens.Accept("COMMENT") ? Text() : null;

    /// <summary>The word PARTITION and what follows; null when it does not stand here.</summary>
    public PartitionSpec? OptionalPartition() => tokens.At("PARTITION") ? Partition() : null;

    public PartitionSpec Partition()
    {
        var position = tokens.Position;
        tokens.Expect("PARTITION");
        var values = tokens.ListInParentheses(() =>
        {
            var column = Column();
            if (tokens.AtSymbol(">") || tokens.AtSymbol("<") || tokens.AtSymbol(">=") || tokens.AtSymbol("<=")
                || tokens.AtSymbol("<>") || tokens.AtSymbol("!="))
            {
                throw SqlErrors.Unsupported(
                    tokens.Position,
                    $"a partition is named by '=', not by '{tokens.Current.Text}'",
                    "name each partition: PARTITION (a = 'x'), PARTITION (a = 'y')");
            }

            tokens.ExpectSymbol("=");
            return (column, Value());
        });
        return new PartitionSpec(position, values);
    }

    private string Value()
    {
        if (tokens.Current is { Kind: TokenKind.Word } word && word.Is("DATE")
            && tokens.Peek().Kind is TokenKind.Text or TokenKind.QuotedName)
        {
            tokens.Next();
        }

        var sign = tokens.AtSymbol("-") && tokens.Peek().Kind is TokenKind.Integer or TokenKind.Decimal
            ? tokens.Next().Text
            : "";
        return tokens.Current.Kind is TokenKind.Text or TokenKind.QuotedName or TokenKind.Integer or TokenKind.Decimal
            || (sign.Length == 0 && (tokens.At("TRUE") || tokens.At("FALSE")))
            ? sign + tokens.Next().Text
            : throw tokens.Mismatch("<value>");
    }

    private TarnException NameExpected(string what) => tokens.Current.Kind == TokenKind.Word
        ? SqlErrors.Syntax(
            tokens.Position,
            $"mismatched input {tokens.Current.Shown}. Expecting: {what}",
            $"'{tokens.Current.Text}' is a reserved word: write it in back quotes")
        : tokens.Mismatch(what);
}
