using Tarn.Query.Writing.Files;

namespace Tarn.Query.Writing;

/// <summary>What rows become.</summary>
internal sealed record WriteShape
{
    public required WriteFormat Format { get; init; }

    public required WriteCompression Compression { get; init; }

    /// <summary>Those in the files.</summary>
    public required IReadOnlyList<WriteColumn> Columns { get; init; }

    /// <summary>Those in the folders' names.</summary>
    public IReadOnlyList<WriteColumn> PartitionKeys { get; init; } = [];

    /// <summary>Null: rows are not divided further.</summary>
    public WriteBuckets? Buckets { get; init; }

    /// <summary>Of text.</summary>
    public TextLayout Text { get; init; } = new();

    /// <summary>What the names of its objects end with.</summary>
    public string Extension => (Format, Compression) switch
    {
        (WriteFormat.Parquet, _) => ".parquet",
        (WriteFormat.Avro, _) => ".avro",
        (WriteFormat.Json, var codec) => ".json" + Suffix(codec),
        (_, var codec) => ".txt" + Suffix(codec),
    };

    private static string Suffix(WriteCompression codec) => codec switch
    {
        WriteCompression.Gzip => ".gz",
        WriteCompression.Snappy => ".snappy",
        WriteCompression.Zstd => ".zst",
        WriteCompression.Bzip2 => ".bz2",
        WriteCompression.Lz4 => ".lz4",
        _ => "",
    };
}
