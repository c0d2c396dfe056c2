using Tarn.Storage.Objects;

namespace Tarn.Delivery.Batches;

/// <summary>The content type that an object's name says.</summary>
internal static class ContentTypes
{
    private static readonly (string Extension, string Type)[] Known =
    [
        (".gz", "application/gzip"),
        (".bz2", "application/x-bzip2"),
        (".zst", "application/zstd"),
        (".zip", "application/zip"),
        (".parquet", "application/vnd.apache.parquet"),
        (".json", "application/x-ndjson"),
    ];

    public static ObjectAttributes Of(string key) => new()
    {
        ContentType = Array.Find(Known, known => key.EndsWith(known.Extension, StringComparison.Ordinal)).Type
            ?? "application/octet-stream",
    };
}
