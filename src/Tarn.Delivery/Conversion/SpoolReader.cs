namespace Tarn.Delivery.Conversion;

/// <summary>
/// Reads a complete spool from its beginning in blocks of whole records. The same spool gives the same blocks. One
/// thread at a time.
/// </summary>
/// <param name="recordsMax">Of one block.</param>
internal sealed class SpoolReader(string path, int recordsMax) : IDisposable
{
    private readonly FileStream _file = new(
        path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    private long _offset;

    /// <summary>Fills the block with the next records; false at the end.</summary>
    public bool TryRead(SpoolBlock block)
    {
        var bytes = block.Fill(_file, _offset, recordsMax);
        _offset += bytes;
        return bytes > 0;
    }

    public void Dispose() => _file.Dispose();
}
