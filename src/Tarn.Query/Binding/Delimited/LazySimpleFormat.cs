using System.Globalization;
using System.Text;
using Tarn.Query.Binding.Lines;

namespace Tarn.Query.Binding.Delimited;

/// <summary>
/// LazySimpleSerDe: fields by position between single bytes, parts of nested values between further ones, one for each
/// level. A value that its type cannot hold is NULL, as with Hive.
/// </summary>
/// <param name="Separators">Of fields, then of elements, then between key and value of a map, and on.</param>
/// <param name="Escape">Takes the next byte as it is; null: none.</param>
/// <param name="Null">The text that is NULL.</param>
/// <param name="IsRestLast">The last column takes the rest of the line, separators and all.</param>
internal sealed record LazySimpleFormat(byte[] Separators, byte? Escape, byte[] Null, bool IsRestLast)
{
    /// <summary>Bytes that Hive takes for levels without a property of their own.</summary>
    private static readonly byte[] Defaults =
        [1, 2, 3, 4, 5, 6, 7, 8, 11, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 28, 29];

    private const int LevelsWithoutExtension = 8;

    public static LineFormat Of(SerDeProperties properties)
    {
        properties.RefuseOthers(
            "field.delim", "serialization.format", "collection.delim", "colelction.delim", "mapkey.delim",
            "escape.delim", "line.delim", "serialization.null.format", "serialization.last.column.takes.rest",
            "hive.serialization.extend.nesting.levels");
        if (properties.Find("line.delim") is { } ends && ends is not ("\n" or "\\n" or "10"))
        {
            throw properties.Refusal("line.delim", ends, hint: "lines end with a line feed");
        }

        var separators = Defaults[..(properties.IsTrue("hive.serialization.extend.nesting.levels")
            ? Defaults.Length
            : LevelsWithoutExtension)];
        separators[0] = Byte(properties, "field.delim") ?? Byte(properties, "serialization.format") ?? separators[0];
        separators[1] = Byte(properties, "collection.delim") ?? Byte(properties, "colelction.delim") ?? separators[1];
        separators[2] = Byte(properties, "mapkey.delim") ?? separators[2];
        var format = new LazySimpleFormat(
            separators,
            Byte(properties, "escape.delim"),
            Encoding.UTF8.GetBytes(properties.Find("serialization.null.format") ?? "\\N"),
            properties.IsTrue("serialization.last.column.takes.rest"));
        return new Lines(properties.Owner, format);
    }

    /// <summary>A character, or a byte's number as Hive also takes it.</summary>
    private static byte? Byte(SerDeProperties properties, string name)
    {
        var value = properties.Find(name);
        return value switch
        {
            null => null,
            "\\t" => (byte)'\t',
            "\\\\" => (byte)'\\',
            _ when sbyte.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                (byte)number,
            [var letter] when char.IsAscii(letter) => (byte)letter,
            _ => throw properties.Refusal(
                name, value, hint: "it is one ASCII character; of several, only OpenCSVSerde or RegexSerDe can read"),
        };
    }

    private sealed class Lines(string owner, LazySimpleFormat format) : LineFormat
    {
        public override bool IsByName => false;

        public override ILineRow NewRow(IReadOnlyList<LineField> fields)
        {
            foreach (var field in fields)
            {
                LazyNested.CheckDepth(owner, field, format.Separators.Length);
            }

            return new LazySimpleRow(format, fields);
        }
    }
}
