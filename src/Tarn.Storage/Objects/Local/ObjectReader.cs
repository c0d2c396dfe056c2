using Microsoft.Win32.SafeHandles;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Local.Versions;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Rows together with the very bytes they describe: row, file, row again. Waits for nobody. A file gets its name only
/// after its row is committed, and a row that moves or comes back has another table or id: the same row twice means
/// that nothing newer was opened.
/// </summary>
internal sealed class ObjectReader(ObjectIndex index, Placement placement, VersionFiles versions)
{
    /// <summary>The current object, or null. The caller disposes the file.</summary>
    public (ObjectRow Row, SafeFileHandle File)? Open(ObjectKey key) =>
        Open(() => index.Find(key) is { } row ? VersionRow.Of(row) : null);

    /// <summary>One version, or null when there is none or it is a marker. The caller disposes the file.</summary>
    public (ObjectRow Row, SafeFileHandle File)? Open(ObjectKey key, string versionId) =>
        Open(() => index.FindVersion(key, versionId) is { IsMarker: false } found ? found : null);

    /// <summary>The bytes at <paramref name="range"/>. Owns the file, which is closed when this fails.</summary>
    public ObjectContent Read(ObjectRow row, SafeFileHandle file, ByteRange? range)
    {
        try
        {
            CheckLength(row, file);
            var (start, length) = Resolve(range, row);
            return new ObjectContent(row.ToInfo(), start, length, new FileRangeStream(file, start, length))
            {
                File = file,
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Fails with Damaged when the file has another length than the row says.</summary>
    public void CheckLength(ObjectRow row, SafeFileHandle file)
    {
        var found = RandomAccess.GetLength(file);
        if (found != row.Size)
            throw ObjectErrors.Damaged(
                row.Key, placement.FileOf(row.Key, row.Path), $"{found} bytes, the index says {row.Size}");
    }

    private (ObjectRow Row, SafeFileHandle File)? Open(Func<VersionRow?> find)
    {
        for (var found = find(); found is not null;)
        {
            var row = found.Row;
            var file = found.IsCurrent ? TryOpenCurrent(row) : versions.TryOpen(row);
            var again = find();
            if (again?.Row.Id == row.Id && again.IsCurrent == found.IsCurrent)
            {
                return file is null ? throw Missing(found) : (row, file);
            }

            file?.Dispose();
            found = again;
        }

        return null;
    }

    private SafeFileHandle? TryOpenCurrent(ObjectRow row)
    {
        var staged = row.IsPlaced ? null : ObjectFile.TryOpen(versions.StagedPath(row.Id));
        return staged ?? ObjectFile.TryOpen(placement.FileOf(row.Key, row.Path));
    }

    private TarnException Missing(VersionRow found) => ObjectErrors.Damaged(
        found.Row.Key,
        found.IsCurrent
            ? placement.FileOf(found.Row.Key, found.Row.Path)
            : versions.FileOf(found.Row.Key.Bucket, found.Row.Id),
        "the file is missing");

    /// <summary>
    /// RFC 9110 14.1.2: a last byte beyond the end means the end; a first byte beyond it, or no byte at all, is
    /// refused.
    /// </summary>
    private static (long Start, long Length) Resolve(ByteRange? range, ObjectRow row)
    {
        if (range is not var (first, last))
        {
            return (0, row.Size);
        }

        if (first is null)
        {
            var suffix = Math.Min(last ?? row.Size, row.Size);
            return suffix > 0 ? (row.Size - suffix, suffix) : throw ObjectErrors.InvalidRange(row.Key, row.Size);
        }

        var end = Math.Min(last ?? long.MaxValue, row.Size - 1);
        return first >= 0 && first <= end
            ? (first.Value, end - first.Value + 1)
            : throw ObjectErrors.InvalidRange(row.Key, row.Size);
    }
}
