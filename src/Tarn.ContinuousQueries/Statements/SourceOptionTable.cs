using Tarn.ContinuousQueries.Definitions;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Statements;

/// <summary>WITH (...) of a source.</summary>
internal static class SourceOptionTable
{
    private static readonly SourceOptions Default = new();

    private static readonly string[] OfWatermark = ["idle_timeout", "future_skew", "late", "allowed_lateness"];

    public static OptionTable<SourceOptions> Instance { get; } = new("source", new Dictionary<string,
        Func<SourceOptions, OptionValue, SourceOptions>>
    {
        ["idle_timeout"] = (options, value) => options with { IdleTimeoutMilliseconds = value.Milliseconds(1) },
        ["future_skew"] = (options, value) => options with
        {
            FutureSkewMilliseconds = value.Milliseconds(0) ?? Default.FutureSkewMilliseconds,
        },
        ["late"] = (options, value) => options with
        {
            Late = value.Word("keep", "drop") == "drop" ? LatePolicy.Drop : LatePolicy.Keep,
        },
        ["allowed_lateness"] = (options, value) => options with
        {
            AllowedLatenessMilliseconds = value.Milliseconds(0) ?? Default.AllowedLatenessMilliseconds,
        },
        ["delimiter"] = (options, value) => options with { Delimiter = Delimiter(value) },
        ["schema"] = (options, value) => options with { AvroSchema = value.Text },
    });

    /// <summary>Refuses options that would do nothing with this source, and a missing one that it needs.</summary>
    public static void Check(SourceSpec source, IReadOnlyList<OptionValue> given)
    {
        foreach (var option in given)
        {
            var (fits, need) = option.Name switch
            {
                "delimiter" => (source.Format == SourceFormat.Csv, "FORMAT CSV"),
                "schema" => (source.Format == SourceFormat.Avro, "FORMAT AVRO"),
                var name => (source.Watermark is not null || !OfWatermark.Contains(name), "a WATERMARK"),
            };
            if (!fits)
            {
                throw new TarnException(
                    ErrorKind.Invalid, $"{option.Place}: option {option.Name} needs {need} in source '{source.Name}'")
                {
                    Code = "INVALID_OPTION",
                };
            }
        }

        if (source.Format == SourceFormat.Avro && source.Options.AvroSchema is null)
        {
            throw new TarnException(
                ErrorKind.Invalid, $"source '{source.Name}' of FORMAT AVRO needs the schema of its records",
                hint: "add WITH (schema = '{\"type\": \"record\", ...}')");
        }
    }

    private static char Delimiter(OptionValue value)
    {
        var text = value.Text is "\\t" ? "\t" : value.Text;
        return text is null ? Default.Delimiter
            : text.Length == 1 && text[0] < 128 && text[0] is not ('"' or '\r' or '\n' or '\0')
                && !char.IsAsciiLetterOrDigit(text[0]) ? text[0]
            : throw value.Wrong("one character such as ';' or '\\t'");
    }
}
