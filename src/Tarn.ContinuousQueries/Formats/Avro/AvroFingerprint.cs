using System.Globalization;
using System.Text;
using System.Text.Json;
using Tarn.Formats.Avro;

namespace Tarn.ContinuousQueries.Formats.Avro;

/// <summary>CRC-64-AVRO of a schema's Parsing Canonical Form, as single-object encoding names schemas.</summary>
internal static class AvroFingerprint
{
    private const ulong Empty = 0xc15d213aa4d7a795;
    private static readonly ulong[] Table = MakeTable();

    public static ulong Of(AvroType schema)
    {
        var hash = Empty;
        foreach (var letter in Encoding.UTF8.GetBytes(Canonical(schema)))
        {
            hash = (hash >> 8) ^ Table[(int)(hash ^ letter) & 0xff];
        }

        return hash;
    }

    /// <summary>Parsing Canonical Form: full names, no attributes but those that parsing needs, no space.</summary>
    public static string Canonical(AvroType schema)
    {
        var text = new StringBuilder();
        Append(schema, text, []);
        return text.ToString();
    }

    private static void Append(AvroType schema, StringBuilder text, HashSet<string> named)
    {
        if (schema.Name.Length > 0 && !named.Add(schema.Name))
        {
            text.Append(Quote(schema.Name));
            return;
        }

        switch (schema.Kind)
        {
            case AvroKind.Union:
                text.Append('[');
                for (var i = 0; i < schema.Parts.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Append(schema.Parts[i], text, named);
                }

                text.Append(']');
                break;
            case AvroKind.Array or AvroKind.Map:
                text.Append(schema.Kind == AvroKind.Array
                    ? """{"type":"array","items":"""
                    : """{"type":"map","values":""");
                Append(schema.Parts[0], text, named);
                text.Append('}');
                break;
            case AvroKind.Record:
                text.Append(CultureInfo.InvariantCulture, $"{{\"name\":{Quote(schema.Name)},\"type\":\"record\",");
                text.Append("\"fields\":[");
                for (var i = 0; i < schema.Fields.Count; i++)
                {
                    text.Append(i > 0 ? "," : "").Append("{\"name\":").Append(Quote(schema.Fields[i].Name));
                    text.Append(",\"type\":");
                    Append(schema.Fields[i].Type, text, named);
                    text.Append('}');
                }

                text.Append("]}");
                break;
            case AvroKind.Enum:
                text.Append(CultureInfo.InvariantCulture, $"{{\"name\":{Quote(schema.Name)},\"type\":\"enum\",");
                text.Append("\"symbols\":[");
                text.AppendJoin(',', schema.Symbols.Select(symbol => Quote(Encoding.UTF8.GetString(symbol))));
                text.Append("]}");
                break;
            case AvroKind.Fixed:
                text.Append(CultureInfo.InvariantCulture, $"{{\"name\":{Quote(schema.Name)},\"type\":\"fixed\",");
                text.Append(CultureInfo.InvariantCulture, $"\"size\":{schema.Size}}}");
                break;
            default:
                text.Append(Quote(schema.Kind.ToString().ToLowerInvariant()));
                break;
        }
    }

    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static ulong[] MakeTable()
    {
        var table = new ulong[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value >> 1) ^ (Empty & (0ul - (value & 1)));
            }

            table[i] = value;
        }

        return table;
    }
}
