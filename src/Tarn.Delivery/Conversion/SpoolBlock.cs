using Tarn.Delivery.Processing;
using Tarn.DuckDb.JsonBlocks;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion;

/// <summary>A stretch of a spool: whole records, held until it is filled anew.</summary>
internal sealed class SpoolBlock : PayloadBlock
{
    private const int ReadBytes = 512 << 10;

    private readonly List<int> _starts = [];

    /// <summary>Record of the given place; its memory is good until the block is filled anew.</summary>
    public FlowRecord this[int index]
    {
        get
        {
            var head = SpoolHead.Read(Memory.Span[_starts[index]..]);
            return new FlowRecord(
                Payload(index),
                head.ArrivalTime,
                head.Sequence,
                head.SubSequence,
                Memory.Slice(_starts[index] + SpoolHead.Bytes, head.KeyBytes),
                QueryKeys: null,
                LambdaKeys: null);
        }
    }

    /// <summary>
    /// Takes the whole records from <paramref name="offset"/> on, at least one where there is one, and returns their
    /// bytes; 0 at the end of the file.
    /// </summary>
    public int Fill(FileStream file, long offset, int recordsMax)
    {
        _starts.Clear();
        Clear();
        Reserve(ReadBytes);
        while (true)
        {
            var filled = ReadFully(file, offset);
            var used = TakeWhole(filled, recordsMax, out var needed);
            if (used > 0 || filled == 0)
            {
                return used;
            }

            if (filled < Memory.Length)
            {
                throw new TarnException(ErrorKind.Damaged, $"staged file '{file.Name}' ends within a record");
            }

            Reserve(needed);
        }
    }

    private int ReadFully(FileStream file, long offset)
    {
        var filled = 0;
        int read;
        while (filled < Memory.Length
            && (read = RandomAccess.Read(file.SafeFileHandle, Memory.Span[filled..], offset + filled)) > 0)
        {
            filled += read;
        }

        return filled;
    }

    private int TakeWhole(int filled, int recordsMax, out int needed)
    {
        var used = 0;
        needed = Memory.Length * 2;
        while (Count < recordsMax && filled - used >= SpoolHead.Bytes)
        {
            var head = SpoolHead.Read(Memory.Span[used..]);
            if (head.RecordBytes > filled - used)
            {
                needed = checked((int)Math.Max(needed, head.RecordBytes));
                break;
            }

            _starts.Add(used);
            Add(used + SpoolHead.Bytes + head.KeyBytes, head.DataBytes);
            used += (int)head.RecordBytes;
        }

        return used;
    }
}
