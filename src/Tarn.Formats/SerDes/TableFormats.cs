using Tarn.Primitives.Errors;

namespace Tarn.Formats.SerDes;

/// <summary>
/// Says what kind of files a table has, from the class names it was declared with, never from its files.
/// </summary>
public static class TableFormats
{
    private static readonly Dictionary<string, TableFormat> BySerDe = new(StringComparer.Ordinal)
    {
        [SerDeNames.OpenXJson] = TableFormat.Json,
        [SerDeNames.HiveJson] = TableFormat.Json,
        [SerDeNames.LazySimple] = TableFormat.Csv,
        [SerDeNames.OpenCsv] = TableFormat.Csv,
        [SerDeNames.Parquet] = TableFormat.Parquet,
    };

    /// <summary>
    /// The format of a table. Throws Unsupported, naming the class, when the SerDe is not one of <see
    /// cref="SerDeNames"/> or does not go with the input format. Both may be null: a table without a SerDe is read by
    /// its input format.
    /// </summary>
    public static TableFormat Of(string? serDe, string? inputFormat)
    {
        var fromInput = inputFormat switch
        {
            null or "" => (TableFormat?)null,
            SerDeNames.TextInputFormat => TableFormat.Csv,
            SerDeNames.ParquetInputFormat => TableFormat.Parquet,
            _ => throw Unsupported(
                "input format", inputFormat, [SerDeNames.TextInputFormat, SerDeNames.ParquetInputFormat]),
        };
        if (string.IsNullOrEmpty(serDe))
        {
            return fromInput ?? throw new TarnException(
                ErrorKind.Invalid, "the table has neither a SerDe nor an input format");
        }

        if (!BySerDe.TryGetValue(serDe, out var format))
        {
            throw Unsupported("SerDe", serDe, BySerDe.Keys);
        }

        if (fromInput is { } input && (format == TableFormat.Parquet) != (input == TableFormat.Parquet))
        {
            throw new TarnException(
                ErrorKind.Invalid, $"SerDe '{serDe}' does not go with input format '{inputFormat}'");
        }

        return format;
    }

    private static TarnException Unsupported(string what, string name, IEnumerable<string> known) => new(
        ErrorKind.Unsupported,
        $"{what} '{name}' is not supported",
        "supported are " + string.Join(", ", known),
        Suggestion.Hint(name, known));
}
