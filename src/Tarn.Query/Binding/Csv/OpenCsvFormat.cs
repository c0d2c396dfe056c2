using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Binding.Lines;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Csv;

/// <summary>OpenCSVSerde: quoted fields by position. See <see cref="CsvRow"/> for what types make of them.</summary>
/// <param name="InvalidIsNull">A value that its type cannot hold is NULL instead of a failure.</param>
internal sealed record OpenCsvFormat(byte Separator, byte Quote, byte Escape, bool InvalidIsNull)
{
    public static LineFormat Of(SerDeProperties properties, Table table)
    {
        properties.RefuseOthers(
            "separatorChar", "quoteChar", "escapeChar", "serialization.format", "use.null.for.invalid.data");
        var invalidIsNull = properties.IsTrue("use.null.for.invalid.data")
            || table.Parameters.GetValueOrDefault("use.null.for.invalid.data", "")
                .Equals("true", StringComparison.OrdinalIgnoreCase);
        var quote = Character(properties, "quoteChar", '"');
        var escape = Character(properties, "escapeChar", '\\');
        var format = new OpenCsvFormat(
            Character(properties, "separatorChar", ','),
            quote,

            // Hive's own default names the quote; what it then reads with is the backslash.
            escape == '"' ? (byte)'\\' : escape,
            invalidIsNull);
        if (format.Separator == quote || format.Separator == format.Escape || quote == format.Escape)
        {
            throw properties.Invalid("separatorChar, quoteChar and escapeChar must be three characters");
        }

        return new Lines(properties.Owner, format);
    }

    private static byte Character(SerDeProperties properties, string name, char normal) =>
        properties.Find(name) switch
        {
            null => (byte)normal,
            "\\t" => (byte)'\t',
            "\\\\" => (byte)'\\',
            [var letter, ..] value when char.IsAscii(letter) && value.Length == 1 => (byte)letter,
            var other => throw properties.Refusal(name, other, hint: "it is one ASCII character"),
        };

    private sealed class Lines(string owner, OpenCsvFormat format) : LineFormat
    {
        public override bool IsByName => false;

        public override ILineRow NewRow(IReadOnlyList<LineField> fields) =>
            fields.FirstOrDefault(field => field.IsNested || field.Type.Kind == TypeKind.Varbinary) is { } field
                ? throw new TarnException(
                    ErrorKind.Unsupported,
                    $"column '{field.Name}' of {owner} has type {field.Type}, which OpenCSVSerde cannot read",
                    hint: "declare it as string") { Code = "NOT_SUPPORTED" }
                : new CsvRow(format, fields);
    }
}
