using Tarn.Storage.Objects;

namespace Tarn.Query.Previews;

/// <summary>
/// The beginning of an object, for people. Reads a bounded part of it, whatever its size. Thread-safe.
/// </summary>
public interface IObjectPreviews
{
    /// <summary>
    /// Parquet and CSV as rows, other text as it is, decompressed by the key's extension; null: there is no such
    /// object.
    /// </summary>
    Task<ObjectPreview?> ReadAsync(ObjectKey key, CancellationToken cancellation);
}
