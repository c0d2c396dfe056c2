using Tarn.Delivery.Processing;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion;

/// <summary>A stretch of a spool: whole records, held until it is filled anew.</summary>
internal sealed class SpoolBlock
{
    private const int ReadBytes = 512 << 10;

    private readonly List<int> _starts = [];
    private byte[] _bytes = [];

    public int Count => _starts.Count;

    /// <summary>Record of the given place; its memory is good until the block is filled anew.</summary>
    public FlowRecord this[int index]
    {
        get
        {
            var start = _starts[index];
            var head = SpoolHead.Read(_bytes.AsSpan(start));
            var key = start + SpoolHead.Bytes;
            return new FlowRecord(
                _bytes.AsMemory(key + head.KeyBytes, head.DataBytes),
                head.ArrivalTime,
                head.Sequence,
                head.SubSequence,
                _bytes.AsMemory(key, head.KeyBytes),
                QueryKeys: null,
                LambdaKeys: null);
        }
    }

    /// <summary>Payload of the given place.</summary>
    public ReadOnlySpan<byte> Data(int index)
    {
        var start = _starts[index];
        var head = SpoolHead.Read(_bytes.AsSpan(start));
        return _bytes.AsSpan(start + SpoolHead.Bytes + head.KeyBytes, head.DataBytes);
    }

    /// <summary>
    /// Takes the whole records from <paramref name="offset"/> on, at least one where there is one, and returns their
    /// bytes; 0 at the end of the file.
    /// </summary>
    public int Fill(FileStream file, long offset, int recordsMax)
    {
        _starts.Clear();
        if (_bytes.Length == 0)
        {
            _bytes = new byte[ReadBytes];
        }

        while (true)
        {
            var filled = ReadFully(file, offset);
            var used = TakeWhole(filled, recordsMax, out var needed);
            if (used > 0 || filled == 0)
            {
                return used;
            }

            if (filled < _bytes.Length)
            {
                throw new TarnException(ErrorKind.Damaged, $"staged file '{file.Name}' ends within a record");
            }

            _bytes = new byte[needed];
        }
    }

    private int ReadFully(FileStream file, long offset)
    {
        var filled = 0;
        int read;
        while (filled < _bytes.Length
            && (read = RandomAccess.Read(file.SafeFileHandle, _bytes.AsSpan(filled), offset + filled)) > 0)
        {
            filled += read;
        }

        return filled;
    }

    private int TakeWhole(int filled, int recordsMax, out int needed)
    {
        var used = 0;
        needed = _bytes.Length * 2;
        while (_starts.Count < recordsMax && filled - used >= SpoolHead.Bytes)
        {
            var bytes = SpoolHead.Read(_bytes.AsSpan(used)).RecordBytes;
            if (bytes > filled - used)
            {
                needed = checked((int)Math.Max(needed, bytes));
                break;
            }

            _starts.Add(used);
            used += (int)bytes;
        }

        return used;
    }
}
