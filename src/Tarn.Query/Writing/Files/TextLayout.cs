using Tarn.Primitives.Errors;

namespace Tarn.Query.Writing.Files;

/// <summary>LazySimpleSerDe's settings.</summary>
internal sealed record TextLayout
{
    private const int LevelsMax = 8;

    public string FieldDelimiter { get; init; } = "\u0001";

    public string ItemDelimiter { get; init; } = "\u0002";

    public string KeyDelimiter { get; init; } = "\u0003";

    /// <summary>Empty: nothing is escaped, and a text that would need it cannot be written.</summary>
    public string Escape { get; init; } = "";

    public string NullText { get; init; } = "\\N";

    /// <summary>The separator of a level: 0 fields, 1 items, 2 keys, then as Hive numbers them.</summary>
    public string Separator(int level) => level switch
    {
        0 => FieldDelimiter,
        1 => ItemDelimiter,
        2 => KeyDelimiter,
        < LevelsMax => ((char)(level + 1)).ToString(),
        _ => throw new TarnException(
            ErrorKind.Unsupported, "types are nested deeper than text has separators for") { Code = "NOT_SUPPORTED" },
    };

    /// <summary>From a SerDe's properties; a delimiter may be written as its number.</summary>
    public static TextLayout Of(IReadOnlyDictionary<string, string> properties)
    {
        var plain = new TextLayout();
        return new TextLayout
        {
            FieldDelimiter = Delimiter(
                properties, plain.FieldDelimiter, "field.delim", "serialization.format"),
            ItemDelimiter = Delimiter(properties, plain.ItemDelimiter, "collection.delim", "colelction.delim"),
            KeyDelimiter = Delimiter(properties, plain.KeyDelimiter, "mapkey.delim"),
            Escape = properties.GetValueOrDefault("escape.delim", ""),
            NullText = properties.GetValueOrDefault("serialization.null.format", plain.NullText),
        };
    }

    private static string Delimiter(
        IReadOnlyDictionary<string, string> properties, string plain, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (properties.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value.Length > 1 && byte.TryParse(value, out var code) || IsNumberOnly(name, value, out code)
                    ? ((char)code).ToString()
                    : value;
            }
        }

        return plain;
    }

    /// <summary>Hive writes serialization.format as a number: <c>1</c> is \u0001, not the digit.</summary>
    private static bool IsNumberOnly(string name, string value, out byte code)
    {
        code = 0;
        return name == "serialization.format" && byte.TryParse(value, out code);
    }
}
