using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>
/// CREATE SOURCE and ALTER SOURCE, after those words.
/// <code>
/// [IF NOT EXISTS] name (column type, ..., WATERMARK FOR column AS column [- INTERVAL ...])
///   FROM STREAM 'stream' FORMAT JSON | CSV | AVRO [WITH (option = value, ...)]
/// name SET (option = value, ...) | name ADD [COLUMN] column type
/// </code>
/// </summary>
internal static class SourceParser
{
    private static readonly string[] Formats = ["JSON", "CSV", "AVRO"];

    public static Statement.CreateSource ParseCreate(TokenReader tokens, string sql, bool orReplace)
    {
        var ifNotExists = tokens.TryTake("IF", "NOT", "EXISTS");
        RefuseBoth(orReplace, ifNotExists);
        var text = tokens.CanonicalRest();
        var name = NameReader.Take(tokens, "the source's name");
        tokens.Take("(");
        var columns = new List<SourceColumn>();
        WatermarkSpec? watermark = null;
        var watermarkPlace = "";
        do
        {
            var place = tokens.Place;
            if (tokens.TryTake("WATERMARK", "FOR"))
            {
                (watermark, watermarkPlace) = watermark is null ? (TakeWatermark(tokens), place)
                    : throw Wrong(place, $"source '{name}' has two watermarks");
            }
            else
            {
                columns.Add(TakeColumn(tokens, name, columns));
            }

            if (tokens.Current is { } next && !next.Is(",") && !next.Is(")"))
            {
                throw tokens.Expected("',' or ')'");
            }
        }
        while (tokens.TryTake(","));
        tokens.Take(")");
        tokens.Take("FROM", "STREAM");
        var stream = tokens.TakeText("the stream's name in single quotes");
        tokens.Take("FORMAT");
        var format = TakeFormat(tokens, name);
        var options = tokens.TryTake("WITH") ? SourceOptionTable.Instance.Take(tokens) : [];
        tokens.TakeEnd();
        if (columns.Count == 0)
        {
            throw Wrong(watermarkPlace, $"source '{name}' has no column");
        }

        var source = new SourceSpec(name, columns, stream, sql, text)
        {
            Format = format,
            Watermark = watermark is null ? null : CheckWatermark(watermark, columns, watermarkPlace),
            Options = SourceOptionTable.Instance.Apply(options, new SourceOptions()),
        };
        SourceOptionTable.Check(source, options);
        return new Statement.CreateSource(source, orReplace, ifNotExists);
    }

    public static Statement.AlterSource ParseAlter(TokenReader tokens)
    {
        var name = NameReader.Take(tokens, "the source's name");
        if (tokens.TryTake("SET"))
        {
            var options = SourceOptionTable.Instance.Take(tokens);
            tokens.TakeEnd();
            return new Statement.AlterSource(name, null, options);
        }

        if (!tokens.TryTake("ADD"))
        {
            throw tokens.Expected("SET (...) or ADD COLUMN");
        }

        _ = tokens.TryTake("COLUMN");
        var column = TakeColumn(tokens, name, []);
        tokens.TakeEnd();
        return new Statement.AlterSource(name, column, []);
    }

    /// <summary>OR REPLACE and IF NOT EXISTS say opposite things.</summary>
    public static void RefuseBoth(bool orReplace, bool ifNotExists)
    {
        if (orReplace && ifNotExists)
        {
            throw new TarnException(
                ErrorKind.Invalid, "OR REPLACE and IF NOT EXISTS cannot stand together", hint: "leave one of them out")
            {
                Code = "SYNTAX_ERROR",
            };
        }
    }

    private static SourceColumn TakeColumn(TokenReader tokens, string source, List<SourceColumn> columns)
    {
        var place = tokens.Place;
        var name = tokens.TakeName("a column name");
        return columns.Any(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ? throw Wrong(place, $"column '{name}' of source '{source}' is declared twice")
            : new SourceColumn(name, SourceTypes.Take(tokens, name));
    }

    private static WatermarkSpec TakeWatermark(TokenReader tokens)
    {
        var column = tokens.TakeName("the column of the event time");
        tokens.Take("AS");
        var place = tokens.Place;
        var other = tokens.TakeName($"{column} or {column} - INTERVAL '...'");
        if (!other.Equals(column, StringComparison.OrdinalIgnoreCase))
        {
            throw Wrong(place, $"a watermark for '{column}' is '{column}' itself or less, not '{other}'");
        }

        if (!tokens.TryTake("-"))
        {
            return new WatermarkSpec(column, 0);
        }

        place = tokens.Place;
        var delay = IntervalText.Take(tokens);
        return delay >= 0
            ? new WatermarkSpec(column, delay)
            : throw Wrong(place, "a watermark's delay is zero or more");
    }

    private static WatermarkSpec CheckWatermark(WatermarkSpec watermark, List<SourceColumn> columns, string place)
    {
        var column = columns.Find(known => known.Name.Equals(watermark.Column, StringComparison.OrdinalIgnoreCase))
            ?? throw new TarnException(
                ErrorKind.Invalid,
                $"{place}: column '{watermark.Column}' of the watermark is not declared",
                hint: Suggestion.Hint(watermark.Column, columns.Select(known => known.Name)));
        return column.Type is "TIMESTAMP" or "TIMESTAMPTZ"
            ? watermark with { Column = column.Name }
            : throw new TarnException(
                ErrorKind.Invalid,
                $"{place}: column '{column.Name}' of the watermark is {column.Type}",
                hint: "declare it as TIMESTAMPTZ");
    }

    private static SourceFormat TakeFormat(TokenReader tokens, string source)
    {
        var place = tokens.Place;
        var format = tokens.TakeName("the format").ToUpperInvariant();
        return format switch
        {
            "JSON" => SourceFormat.Json,
            "CSV" => SourceFormat.Csv,
            "AVRO" => SourceFormat.Avro,
            _ => throw new TarnException(
                ErrorKind.Unsupported,
                $"{place}: format {format} of source '{source}' is not supported",
                hint: Suggestion.Hint(format, Formats) ?? "use JSON, CSV or AVRO"),
        };
    }

    private static TarnException Wrong(string place, string message) =>
        new(ErrorKind.Invalid, $"{place}: {message}") { Code = "SYNTAX_ERROR" };
}
