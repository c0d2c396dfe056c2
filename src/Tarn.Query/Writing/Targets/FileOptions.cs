using Tarn.Primitives.Errors;
using Tarn.Query.Writing.Files;
using Tarn.Sql.Tree;

namespace Tarn.Query.Writing.Targets;

/// <summary>What WITH of CREATE TABLE AS and UNLOAD says of the files.</summary>
internal sealed record FileOptions(
    WriteFormat Format, WriteCompression Compression, IReadOnlyList<string> PartitionedBy, TextLayout Text)
{
    private static readonly Dictionary<string, WriteCompression> Compressions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["NONE"] = WriteCompression.None,
        ["UNCOMPRESSED"] = WriteCompression.None,
        ["GZIP"] = WriteCompression.Gzip,
        ["SNAPPY"] = WriteCompression.Snappy,
        ["ZSTD"] = WriteCompression.Zstd,
        ["BZIP2"] = WriteCompression.Bzip2,
        ["LZ4"] = WriteCompression.Lz4,
        ["DEFLATE"] = WriteCompression.Deflate,
    };

    /// <summary>Reads what both statements have; the caller reads its own and refuses the rest.</summary>
    /// <param name="compression">The property's name in this statement.</param>
    public static FileOptions Read(
        PropertyReader properties, SqlPosition position, string? format, params ReadOnlySpan<string> compression)
    {
        var read = FormatOf(format ?? "PARQUET", position);
        string? codec = null;
        foreach (var name in compression)
        {
            var given = properties.Text(name);
            if (given is not null && name.StartsWith("parquet", StringComparison.Ordinal)
                && read != WriteFormat.Parquet)
            {
                throw PropertyReader.Wrong(
                    position, $"property '{name}' does not go with format {format}", "use write_compression");
            }

            codec ??= given;
        }

        var delimiter = properties.Text("field_delimiter");
        if (delimiter is not null && read != WriteFormat.Text)
        {
            throw PropertyReader.Wrong(
                position, "property 'field_delimiter' is for format TEXTFILE only", hint: null);
        }

        if (delimiter is { Length: not 1 })
        {
            throw PropertyReader.Wrong(position, "property 'field_delimiter' must be one character", hint: null);
        }

        var text = new TextLayout();
        return new FileOptions(
            read,
            CompressionOf(read, codec, position),
            properties.Names("partitioned_by"),
            delimiter is null ? text : text with { FieldDelimiter = delimiter });
    }

    /// <summary>The codec of that name for files of that format; GZIP when none is named, as in Athena.</summary>
    public static WriteCompression CompressionOf(WriteFormat format, string? name, SqlPosition position)
    {
        if (name is null)
        {
            return WriteCompression.Gzip;
        }

        if (!Compressions.TryGetValue(name, out var codec))
        {
            throw PropertyReader.Wrong(
                position, $"compression '{name}' is not known", Suggestion.Hint(name, Compressions.Keys));
        }

        WriteCompression[] supported = format switch
        {
            WriteFormat.Parquet => [WriteCompression.None, WriteCompression.Gzip, WriteCompression.Snappy,
                WriteCompression.Zstd, WriteCompression.Lz4],
            WriteFormat.Avro => [WriteCompression.None, WriteCompression.Gzip, WriteCompression.Deflate,
                WriteCompression.Zstd],
            _ => [WriteCompression.None, WriteCompression.Gzip, WriteCompression.Snappy, WriteCompression.Zstd,
                WriteCompression.Bzip2, WriteCompression.Lz4],
        };
        return supported.Contains(codec)
            ? codec
            : throw new TarnException(
                ErrorKind.Unsupported,
                $"{position}: compression {name.ToUpperInvariant()} of format {format} is not supported",
                hint: $"supported are {string.Join(", ", supported).ToUpperInvariant()}") { Code = "NOT_SUPPORTED" };
    }

    private static WriteFormat FormatOf(string name, SqlPosition position) => name.ToUpperInvariant() switch
    {
        "PARQUET" => WriteFormat.Parquet,
        "JSON" => WriteFormat.Json,
        "TEXTFILE" => WriteFormat.Text,
        "AVRO" => WriteFormat.Avro,
        "ORC" => throw new TarnException(
            ErrorKind.Unsupported, $"{position}: format ORC is not supported", hint: "use PARQUET")
        {
            Code = "NOT_SUPPORTED",
        },
        _ => throw PropertyReader.Wrong(
            position, $"format '{name}' is not known",
            Suggestion.Hint(name, ["PARQUET", "JSON", "TEXTFILE", "AVRO"]) ?? "use PARQUET, JSON, TEXTFILE or AVRO"),
    };
}
